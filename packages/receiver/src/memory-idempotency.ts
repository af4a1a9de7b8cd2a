import { checkFunction, checkOptions } from './check-options'
import type { DeliveryClaim, IdempotencyStore } from './idempotency-store'

/** The options of {@link memoryIdempotency}. */
export interface MemoryIdempotencyOptions {
  /**
   * How many handled deliveries are remembered; beyond it, the oldest are forgotten.
   *
   * @defaultValue 10,000
   */
  maxEntries?: number
  /**
   * How long a handled delivery is remembered, in seconds.
   *
   * @defaultValue 86,400 (a day)
   */
  ttlSeconds?: number
  /**
   * How long a handler may take before its delivery may be handled again, in seconds.
   *
   * @defaultValue 300
   */
  leaseSeconds?: number
  /**
   * The clock, in milliseconds since the epoch.
   *
   * @defaultValue `Date.now`
   */
  now?: () => number
}

/**
 * Remembers deliveries in the memory of this process: enough for one process, lost when it ends. Behind a load balancer
 * give {@link createReceiver} a store that all processes share.
 *
 * @throws TypeError where an option is unknown, or not a positive number.
 * @example
 * createReceiver({ provider, idempotency: memoryIdempotency({ ttlSeconds: 3 * 86_400 }) })
 */
export function memoryIdempotency(options: MemoryIdempotencyOptions = {}): IdempotencyStore {
  checkOptions('memoryIdempotency', options, {
    maxEntries: true,
    ttlSeconds: true,
    leaseSeconds: true,
    now: true,
  })
  const { maxEntries = 10_000, ttlSeconds = 86_400, leaseSeconds = 300, now = Date.now } = options
  for (const [name, value] of Object.entries({ maxEntries, ttlSeconds, leaseSeconds })) {
    if (typeof value === 'number' && value > 0) continue
    throw new TypeError(`memoryIdempotency: ${name} must be a number above 0.`)
  }
  checkFunction('memoryIdempotency: now', now, 'that gives milliseconds since the epoch')
  // A Map keeps the order of insertion, and each of these gives all its keys the same time: the oldest expires first.
  const running = new Map<string, { expiresMs: number }>()
  const done = new Map<string, { expiresMs: number }>()

  function claimOf(key: string): DeliveryClaim {
    const lease = { expiresMs: now() + leaseSeconds * 1000 }
    running.set(key, lease)
    const end = () => {
      if (running.get(key) === lease) running.delete(key)
    }
    return {
      // Handled is handled, even where the lease has run out meanwhile.
      commit: () => {
        end()
        done.delete(key)
        done.set(key, { expiresMs: now() + ttlSeconds * 1000 })
        if (done.size > maxEntries) forgetOldest(done)
        return Promise.resolve()
      },
      release: () => {
        end()
        return Promise.resolve()
      },
    }
  }

  return {
    claim(key) {
      forgetExpired(running, now())
      forgetExpired(done, now())
      if (done.has(key)) return Promise.resolve({ state: 'done' })
      if (running.has(key)) return Promise.resolve({ state: 'running' })
      return Promise.resolve({ state: 'claimed', claim: claimOf(key) })
    },
  }
}

function forgetExpired(entries: Map<string, { expiresMs: number }>, nowMs: number): void {
  for (const [key, { expiresMs }] of entries) {
    if (expiresMs > nowMs) return
    entries.delete(key)
  }
}

function forgetOldest(entries: Map<string, unknown>): void {
  for (const key of entries.keys()) {
    entries.delete(key)
    return
  }
}
