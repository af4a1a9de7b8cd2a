import { MAX_TIMER_MS } from './check-argument'

/** Where the engine takes its time from, so that tests can move it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Calls back once after `ms` milliseconds, whatever `now` does meanwhile; the returned function cancels it. */
  after(ms: number, callback: () => void): () => void
}

/**
 * The platform's clock.
 *
 * @example
 * const cancel = systemClock.after(5_000, () => delivery.wake())
 */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, Math.min(ms, MAX_TIMER_MS))
    return () => clearTimeout(timer)
  },
}
