import { LIMITS } from '@arunika/protocol'

/** Tells the time for signatures, which a server takes for 300 s only: by the system's clock, until a server shows that it is wrong. */
export interface SigningClock {
  /** Milliseconds since the epoch. */
  now(): number
  /**
   * A server has refused a signature. Gives back how far the system's clock is behind the server's, in milliseconds, where that was the
   * reason: then the time goes by the server's from now on. `null` where it was not, or where the server does not say what time it has.
   *
   * @param date - The answer's `Date`.
   */
  correct(date: string | null | undefined): number | null
}

const TOLERANCE_MS = LIMITS.signatureToleranceSeconds * 1_000
/** A `Date` has no fraction, and the answer was under way for a while. */
const DATE_ERROR_MS = 5_000

export function createSigningClock(systemNow: () => number = Date.now): SigningClock {
  let behindMs = 0
  return {
    now: () => systemNow() + behindMs,
    correct(date) {
      const serverNow = Date.parse(date ?? '')
      const offMs = serverNow - systemNow() - behindMs
      if (Number.isNaN(offMs) || Math.abs(offMs) < TOLERANCE_MS - DATE_ERROR_MS) return null
      behindMs += offMs
      return behindMs
    },
  }
}
