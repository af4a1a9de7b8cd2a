import { useEffect, useRef } from 'react'
import type { Arunika } from '../arunika'
import { whenBack, whenShown } from '../page-sightings'
import { useArunika } from './use-arunika'

/**
 * Reports a page view when the component is mounted, and again whenever the path is another one, or the page comes back from the
 * back/forward cache. The path only tells one page from the next: what is reported is the address bar's URL and the document's
 * title. Call it in one place, with the path of the app's router; leave the option `autoPageViews` off.
 *
 * @param path - Where the person is: `/lamps/harbour`.
 * @param properties - Whatever else there is to say of the page, at most 32 KiB of JSON. New properties alone are no new page view.
 * @throws TypeError where there is no provider around the component.
 * @example
 * usePageView(useLocation().pathname) // React Router
 */
export function usePageView(path: string, properties?: object): void {
  const arunika = useArunika()
  const reported = useRef<readonly [Arunika, string] | null>(null)
  useEffect(() => {
    const leaving = new AbortController()
    const report = () => arunika.trackPageView(properties)
    const arrive = () => {
      const [client, page] = reported.current ?? []
      if (client !== arunika || page !== path) report()
      reported.current = [arunika, path]
    }
    whenShown(arrive, leaving.signal)
    whenBack(report, leaving.signal)
    return () => {
      leaving.abort()
      // StrictMode runs the effect a second time before this; whoever comes back later has come back to the page.
      queueMicrotask(() => (reported.current = null))
    }
    // The properties are those that came with the path.
  }, [arunika, path])
}
