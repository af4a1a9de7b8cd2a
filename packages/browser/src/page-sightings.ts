/** Calls back once the page can be seen: now, or where it is prerendered, when it is shown. */
export function whenShown(onShown: () => void, signal: AbortSignal): void {
  if ((document as { prerendering?: boolean }).prerendering) {
    document.addEventListener('prerenderingchange', onShown, { once: true, signal })
  } else {
    onShown()
  }
}

/** Calls back whenever the page comes back from the back/forward cache, where a framework mounts nothing and no router moves. */
export function whenBack(onBack: () => void, signal: AbortSignal): void {
  addEventListener('pageshow', ({ persisted }) => persisted && onBack(), { signal })
}
