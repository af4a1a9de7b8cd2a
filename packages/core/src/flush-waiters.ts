import type { DeliveryError } from './errors/delivery-error'

interface Waiter {
  ids: Set<string>
  resolve: () => void
  reject: (reason: DeliveryError) => void
}

/** Those who called `flush()`: each is let go exactly once. */
export interface FlushWaiters {
  readonly size: number
  /** Resolves when none of these items waits any more. */
  add(ids: Set<string>): Promise<void>
  /** Lets go whose items are all gone, whatever took them. */
  release(): void
  reject(reason: DeliveryError): void
}

/** Makes a list of waiters, which looks up what still waits in the outbox. */
export function createFlushWaiters(outbox: { has: (id: string) => boolean }): FlushWaiters {
  const waiters = new Set<Waiter>()
  /** What any of them waits for. One waits for its own items and for those of all before it, so that each item is held once. */
  const watched = new Set<string>()
  return {
    get size() {
      return waiters.size
    },
    add(all) {
      const ids = new Set<string>()
      for (const id of all) if (!watched.has(id)) ids.add(id)
      for (const id of ids) watched.add(id)
      return new Promise((resolve, reject) => waiters.add({ ids, resolve, reject }))
    },
    release() {
      for (const waiter of waiters) {
        for (const id of waiter.ids) {
          if (outbox.has(id)) return // one is enough; looking no further keeps this cheap
          waiter.ids.delete(id)
          watched.delete(id)
        }
        waiters.delete(waiter)
        waiter.resolve()
      }
    },
    reject(reason) {
      for (const waiter of waiters) waiter.reject(reason)
      waiters.clear()
      watched.clear()
    },
  }
}
