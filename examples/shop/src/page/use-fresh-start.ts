import { useEffect, useRef } from 'react'

/** Leads keyboard and screen reader to the beginning of each page that is entered after the first. */
export function useFreshStart(pathname: string): void {
  const seen = useRef(pathname)
  useEffect(() => {
    if (seen.current === pathname) return
    seen.current = pathname
    window.scrollTo(0, 0)
    document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true })
  }, [pathname])
}
