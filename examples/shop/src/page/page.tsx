import type { ReactNode } from 'react'

/** What every page's title ends with. */
export const TITLE_SUFFIX = ' · Small Hours'

/** A page's content and its title, which page views carry too. */
export function Page({
  title,
  className,
  children,
}: {
  title: string
  className?: string
  children: ReactNode
}) {
  return (
    <div className={className}>
      <title>{title + TITLE_SUFFIX}</title>
      {children}
    </div>
  )
}
