/** Wakes the streams after a commit. It only wakes: what is new, they read from the log. */
export class LiveSignal {
  readonly #listeners = new Set<() => void>()

  /** Calls back after each commit, until the returned function is called. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  wake(): void {
    for (const listener of this.#listeners) listener()
  }
}
