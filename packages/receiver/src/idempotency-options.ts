import { checkFunction } from './check-options'

const MAX_SECONDS = 10_000_000_000

/** How long a store remembers. Every store takes these. */
export interface IdempotencyTimes {
  /**
   * How long a handled delivery is remembered, in seconds: longer than the sender goes on trying.
   *
   * @defaultValue 86,400 (a day)
   */
  ttlSeconds?: number
  /**
   * How long a handler may take before its delivery may be handled again, in seconds: what a crash costs.
   *
   * @defaultValue 300
   */
  leaseSeconds?: number
}

/** The same with a clock, for stores that have none of their own. */
export interface ClockedIdempotencyTimes extends IdempotencyTimes {
  /**
   * The clock, in milliseconds since the epoch.
   *
   * @defaultValue `Date.now`
   */
  now?: () => number
}

/** @throws TypeError where a time is not a positive number that a store can keep, or the clock no function. */
export function resolveTimes(
  owner: string,
  { ttlSeconds = 86_400, leaseSeconds = 300, now = Date.now }: ClockedIdempotencyTimes,
): { ttlMs: number; leaseMs: number; now: () => number } {
  checkTime(owner, 'ttlSeconds', ttlSeconds)
  checkTime(owner, 'leaseSeconds', leaseSeconds)
  checkFunction(`${owner}: now`, now, 'that gives milliseconds since the epoch')
  return { ttlMs: ttlSeconds * 1000, leaseMs: leaseSeconds * 1000, now }
}

/** Redis and SQL take whole milliseconds, and none without an end. */
function checkTime(owner: string, name: string, seconds: unknown): void {
  checkPositive(owner, name, seconds)
  if ((seconds as number) <= MAX_SECONDS) return
  throw new TypeError(`${owner}: ${name} must be at most ${MAX_SECONDS}, which is more than 300 years.`)
}

/** @throws TypeError where the value is not a number above 0. */
export function checkPositive(owner: string, name: string, value: unknown): void {
  if (typeof value === 'number' && value > 0) return
  throw new TypeError(`${owner}: ${name} must be a number above 0.`)
}
