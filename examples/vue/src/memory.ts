const PREFIX = 'early-pages-'

/** What this browser remembers by a name; `null` where it remembers nothing. */
export function remembered<Value>(name: string): Value | null {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name) ?? 'null') as Value | null
  } catch {
    return null // no storage, or not ours: the list begins anew
  }
}

/** Remembers it, where the browser lets us. */
export function remember(name: string, value: unknown): void {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value))
  } catch {
    // It is there until the page is left.
  }
}
