import { watchNavigation } from './navigation'
import { whenBack, whenShown } from './page-sightings'

/**
 * Calls back for each view of a page: once it is shown, when it comes back from the back/forward cache, and after each navigation. By
 * then the router has had its turn, so that the title is the new page's; what is given is the moment of the navigation itself.
 *
 * @returns A function that stops it.
 */
export function watchPageViews(now: () => number, onView: (at: number) => void): () => void {
  const watching = new AbortController()
  const { signal } = watching
  const view = () => onView(now())
  let isDue = false
  whenShown(() => {
    view()
    watchNavigation(() => {
      const at = now()
      // A router that redirects makes two navigations of one.
      if (!isDue)
        setTimeout(() => {
          isDue = false
          onView(at)
        })
      isDue = true
    }, signal)
  }, signal)
  whenBack(view, signal)
  return () => watching.abort()
}
