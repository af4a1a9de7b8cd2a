import { watchNavigation } from './navigation'

/**
 * Calls back for each view of a page: now (a page that is prerendered: once it is shown), and after each navigation. By then the
 * router has had its turn, so that the title is the new page's; `now` is the moment of the navigation itself.
 *
 * @returns A function that stops it.
 */
export function watchPageViews(onView: (now: number) => void): () => void {
  if ((document as { prerendering?: boolean }).prerendering) {
    document.addEventListener('prerenderingchange', () => onView(Date.now()), { once: true })
  } else {
    onView(Date.now())
  }
  return watchNavigation(() => {
    const now = Date.now()
    setTimeout(() => onView(now))
  })
}
