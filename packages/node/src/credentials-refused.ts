import { DeliveryError, type Outcome } from '@arunika/core'

/** A server's word that it does not take these credentials. */
export interface Refusal {
  status: number
  code: string
  detail: string
  /** How far this machine's clock is behind the server's, in milliseconds, where that is the reason; else `null`. */
  behindMs: number | null
}

/**
 * The outcome where a key is not taken. A key can be mended, and so can an app that is suspended: the events stay, and are tried again
 * with growing waits. Not one of them is given up for an operator's slip.
 */
export function credentialsRefused(refusal: Refusal): Outcome {
  const { status, code, detail } = refusal
  const message = `${explain(refusal)} The events are kept and tried again (${code}: ${detail})`
  return {
    verdict: 'retry',
    retryAfterMs: null,
    error: new DeliveryError('credentials_refused', message, { status }),
  }
}

/** What a `Date` without a fraction, and the way of an answer, make of a clock that is right. */
const CLOCK_ERROR_SECONDS = 10

function explain({ status, behindMs }: Refusal): string {
  if (behindMs !== null) {
    const seconds = Math.round(Math.abs(behindMs) / 1_000)
    if (seconds < CLOCK_ERROR_SECONDS)
      return 'The clock of this machine is right again, and signatures go by it.'
    const direction = behindMs > 0 ? 'behind' : 'ahead of'
    return `The clock of this machine is ${seconds} s ${direction} the server's, which signatures go by from now on.`
  }
  if (status === 403) return 'The server takes nothing from this app: is it suspended?'
  return 'The server does not take the API key: is it revoked, or of another app?'
}
