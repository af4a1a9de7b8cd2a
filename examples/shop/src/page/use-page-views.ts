import { useEffect, useRef } from 'react'
import { useLocation } from 'react-router'
import { arunika } from './arunika'

/** Reports each route as it is entered, once its title is set, and leads keyboard and screen reader to its beginning. */
export function usePageViews(): void {
  const { pathname } = useLocation()
  const seen = useRef<string | null>(null)
  useEffect(() => {
    if (seen.current === pathname) return // in development, React runs every effect twice
    const isFirst = seen.current === null
    seen.current = pathname
    arunika.trackPageView()
    if (isFirst) return
    window.scrollTo(0, 0)
    document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true })
  }, [pathname])
}
