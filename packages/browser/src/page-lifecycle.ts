import { whenBack } from './page-sightings'

/** What {@link watchPage} calls. */
export interface PageListeners {
  /** The page is hidden, or goes away: perhaps the last moment in which its code runs. May be called twice for one leave. */
  onHide: () => void
  /** The page goes away; it may come back, with all that it has in memory. */
  onLeave: () => void
  /** The page has come back from the back/forward cache. */
  onReturn: () => void
  /** The connection has come back. */
  onOnline: () => void
}

/** Watches the page; the returned function stops that. */
export function watchPage({ onHide, onLeave, onReturn, onOnline }: PageListeners): () => void {
  const watching = new AbortController()
  const { signal } = watching
  const onVisibilityChange = () => {
    if (document.visibilityState === 'hidden') onHide()
  }
  document.addEventListener('visibilitychange', onVisibilityChange, { signal })
  // A page that is left is not hidden first in every browser.
  addEventListener('pagehide', onHide, { signal })
  addEventListener('pagehide', onLeave, { signal })
  whenBack(onReturn, signal)
  addEventListener('online', onOnline, { signal })
  return () => watching.abort()
}
