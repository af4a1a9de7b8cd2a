/**
 * Calls back when the page's own code moves it to another URL, until the signal says stop. A change of the fragment counts where it is
 * a route (`#/…` or `#!…`), and not where it leads to a place in the page.
 */
export function watchNavigation(onNavigate: () => void, signal: AbortSignal): void {
  let seen = routeOf(location.href)
  const look = () => {
    const route = routeOf(location.href)
    if (route !== seen) onNavigate()
    seen = route
  }
  const { navigation } = globalThis as { navigation?: EventTarget }
  if (navigation) {
    navigation.addEventListener('currententrychange', look, { signal })
  } else {
    addEventListener('popstate', look, { signal })
    addEventListener('hashchange', look, { signal })
    for (const method of ['pushState', 'replaceState'] as const) {
      const original = history[method].bind(history)
      history[method] = (...state) => {
        original(...state)
        if (!signal.aborted) look()
      }
    }
  }
}

function routeOf(href: string): string {
  return href.replace(/#(?![/!]).*$/, '')
}
