import { nextTick } from 'vue'
import type { Arunika } from '../arunika'
import { whenBack, whenShown } from '../page-sightings'

/** What page views need of a router; that of vue-router 4 and of 5 both have it. */
export interface PageRouter {
  readonly currentRoute: { readonly value: { readonly path: string } }
  isReady(): Promise<void>
  afterEach(after: (to: { readonly path: string }, from: object, failure?: unknown) => void): () => void
}

/** Reports each page that a router arrives at, until the returned function is called. */
export function followRouter(router: PageRouter, arunika: Arunika): () => void {
  const leaving = new AbortController()
  const { signal } = leaving
  const report = () => arunika.trackPageView()
  let seen: string | undefined

  function arrive(path: string): void {
    if (path === seen) return
    seen = path
    // The new page has rendered by then, and has set its title.
    void nextTick(() => {
      if (!signal.aborted) whenShown(report, signal)
    })
  }

  const stop = router.afterEach((to, _from, failure) => {
    if (!failure) arrive(to.path)
  })
  signal.addEventListener('abort', stop)
  // The router may have arrived at the first page before the plugin was installed. Where that page failed, there is none to see.
  router.isReady().then(
    () => arrive(router.currentRoute.value.path),
    () => undefined,
  )
  whenBack(report, signal)
  return () => leaving.abort()
}
