import type { DeliveryError } from './errors/delivery-error'

interface Waiter {
  ids: Set<string>
  resolve: () => void
  reject: (reason: DeliveryError) => void
}

/** Those who called `flush()`: each is let go exactly once. */
export class FlushWaiters {
  readonly #waiters = new Set<Waiter>()

  get size(): number {
    return this.#waiters.size
  }

  /** Resolves when none of these items waits any more. */
  add(ids: Set<string>): Promise<void> {
    return new Promise((resolve, reject) => this.#waiters.add({ ids, resolve, reject }))
  }

  /** Lets go whose items are all gone, whatever took them. */
  release(isWaiting: (id: string) => boolean): void {
    for (const waiter of this.#waiters) {
      for (const id of waiter.ids) {
        if (isWaiting(id)) break // one is enough; looking no further keeps this cheap
        waiter.ids.delete(id)
      }
      if (waiter.ids.size > 0) continue
      this.#waiters.delete(waiter)
      waiter.resolve()
    }
  }

  reject(reason: DeliveryError): void {
    for (const waiter of this.#waiters) waiter.reject(reason)
    this.#waiters.clear()
  }
}
