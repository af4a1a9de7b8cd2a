/** What a sender does with the events of a request, given the status of the answer. */
export type Verdict = 'answered' | 'retry' | 'split' | 'refused'

/**
 * What the answer's status means for the events of the request. `null` stands for no answer: the network failed, the
 * time ran out, or the answer was not of Arunika's form (a captive portal says 200 to everything). `split` means that the
 * same events may be taken in two smaller requests; a single event that is too large is refused.
 *
 * Only a 4xx is a server's word that it will never take this request. What says nothing about the events (a redirect
 * that was not followed, an opaque answer's 0) is tried again, so that no event is given up for a proxy's sake.
 *
 * @example
 * verdictOf(503) // 'retry'
 */
export function verdictOf(status: number | null): Verdict {
  if (status === null) return 'retry'
  if (status >= 200 && status < 300) return 'answered'
  if (status === 413) return 'split'
  const isRefusal = status >= 400 && status < 500 && status !== 408 && status !== 429
  return isRefusal ? 'refused' : 'retry'
}

/** The bounds of the waits between tries, in milliseconds. */
export const RETRY_WAITS = {
  /** The most that the first wait can be; it doubles with each try. */
  baseMs: 1_000,
  /** The most that a wait can be without a `Retry-After`. */
  maxMs: 60_000,
  /** The most of a `Retry-After` that is respected, so that a wrong header cannot silence a sender for ever. */
  maxRetryAfterMs: 3_600_000,
} as const

/** What {@link retryWaitMs} decides by. */
export interface RetryState {
  /** Tries that failed in a row: 1 after the first. */
  failures: number
  /** What the answer's `Retry-After` says, from {@link parseRetryAfter}; `null` where there is none. */
  retryAfterMs: number | null
  /** A number in [0, 1). */
  random: number
}

/**
 * How long to wait before the next try, in milliseconds: exponential backoff with full jitter; never less than
 * `Retry-After`, after which the jitter is added so that many senders do not come back at the same moment. A whole
 * number that a timer takes, whatever it is given.
 *
 * Source: "Exponential Backoff And Jitter", AWS Architecture Blog.
 *
 * @example
 * retryWaitMs({ failures: 3, retryAfterMs: null, random: 0.5 }) // 2000: half of 1 s × 2²
 */
export function retryWaitMs({ failures, retryAfterMs, random }: RetryState): number {
  const ceiling = Math.min(RETRY_WAITS.maxMs, RETRY_WAITS.baseMs * 2 ** clamp(failures - 1, 30))
  return Math.round(clamp(retryAfterMs ?? 0, RETRY_WAITS.maxRetryAfterMs) + clamp(random, 1) * ceiling)
}

/** The number within 0 and `max`; 0 for NaN. */
function clamp(value: number, max: number): number {
  return value > 0 ? Math.min(value, max) : 0
}

const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/

/**
 * The milliseconds that a `Retry-After` asks for, from either of its forms: seconds or an HTTP date. `null` where the
 * header is missing or malformed (or a date in a form that RFC 9110 calls obsolete), `0` for a date that has passed.
 * Never throws.
 *
 * Source: RFC 9110, section 10.2.3.
 *
 * @example
 * parseRetryAfter('120', Date.now()) // 120_000
 */
export function parseRetryAfter(header: unknown, nowMs: number): number | null {
  if (typeof header !== 'string') return null
  const text = header.slice(0, 64).trim()
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1_000, Number.MAX_SAFE_INTEGER)
  if (!HTTP_DATE.test(text)) return null
  const date = Date.parse(text)
  return Number.isNaN(date) ? null : clamp(date - nowMs, Number.MAX_SAFE_INTEGER)
}
