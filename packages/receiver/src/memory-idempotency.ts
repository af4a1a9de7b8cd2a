import { checkOptions } from './check-options'
import { checkPositive, resolveTimes, type ClockedIdempotencyTimes } from './idempotency-options'
import type { ClaimOutcome, DeliveryClaim, IdempotencyStore } from './idempotency-store'

/** The options of {@link memoryIdempotency}. */
export interface MemoryIdempotencyOptions extends ClockedIdempotencyTimes {
  /**
   * How many handled deliveries are remembered; beyond it, the oldest are forgotten.
   *
   * @defaultValue 10,000
   */
  maxEntries?: number
}

interface Entry {
  bodyHash: string
  expiresMs: number
}

/**
 * Remembers deliveries in the memory of this process: enough for one process, lost when it ends. Behind a load balancer
 * give {@link createReceiver} a store that all processes share: {@link sqlIdempotency} or {@link redisIdempotency}.
 *
 * @throws TypeError where an option is unknown, or not a positive number.
 * @example
 * createReceiver({ provider, idempotency: memoryIdempotency({ ttlSeconds: 3 * 86_400 }) })
 */
export function memoryIdempotency(options: MemoryIdempotencyOptions = {}): IdempotencyStore {
  const owner = 'memoryIdempotency'
  checkOptions(owner, options, { maxEntries: true, ttlSeconds: true, leaseSeconds: true, now: true })
  const { maxEntries = 10_000 } = options
  checkPositive(owner, 'maxEntries', maxEntries)
  const { ttlMs, leaseMs, now } = resolveTimes(owner, options)
  // A Map keeps the order of insertion, and each of these gives all its keys the same time: the oldest expires first.
  const running = new Map<string, Entry>()
  const done = new Map<string, Entry>()

  function claimOf(key: string, bodyHash: string): DeliveryClaim {
    const lease = { bodyHash, expiresMs: now() + leaseMs }
    running.set(key, lease)
    const end = () => {
      if (running.get(key) === lease) running.delete(key)
    }
    return {
      leaseMs,
      // Handled is handled, even where the lease has run out meanwhile.
      commit: () => {
        end()
        done.delete(key)
        done.set(key, { bodyHash, expiresMs: now() + ttlMs })
        if (done.size > maxEntries) forgetOldest(done)
        return Promise.resolve()
      },
      release: () => {
        end()
        return Promise.resolve()
      },
    }
  }

  function outcomeOf(key: string, bodyHash: string): ClaimOutcome {
    const taken = done.get(key) ?? running.get(key)
    if (taken === undefined) return { state: 'claimed', claim: claimOf(key, bodyHash) }
    if (taken.bodyHash !== bodyHash) return { state: 'conflict' }
    return { state: done.has(key) ? 'done' : 'running' }
  }

  return {
    durable: false,
    claim(key, bodyHash) {
      forgetExpired(running, now())
      forgetExpired(done, now())
      return Promise.resolve(outcomeOf(key, bodyHash))
    },
  }
}

function forgetExpired(entries: Map<string, Entry>, nowMs: number): void {
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
