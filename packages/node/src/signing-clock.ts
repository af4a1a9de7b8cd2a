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
   * @param usedMs - What `behindMs` was when the request was signed: another answer may have corrected it since.
   */
  correct(date: string | null | undefined, usedMs: number): number | null
  /** How far the system's clock is taken to be behind. */
  readonly behindMs: number
}

const TOLERANCE_MS = LIMITS.signatureToleranceSeconds * 1_000
/** A `Date` has no fraction, and the answer was under way for a while. */
const DATE_ERROR_MS = 5_000

export function createSigningClock(systemNow: () => number = Date.now): SigningClock {
  let behindMs = 0
  return {
    now: () => systemNow() + behindMs,
    get behindMs() {
      return behindMs
    },
    correct(date, usedMs) {
      const serverNow = Date.parse(date ?? '')
      const offMs = serverNow - systemNow() - usedMs
      if (Number.isNaN(offMs) || Math.abs(offMs) < TOLERANCE_MS - DATE_ERROR_MS) return null
      behindMs = usedMs + offMs
      return behindMs
    },
  }
}
