import { findEntries } from './find-entries'
import { locate, nameOf, refuseAt, type Place } from './locate'
import type { OpenedRequest } from './provider'

/** What a scheme counts time in: Unix seconds, or milliseconds. */
type TimestampUnit = 's' | 'ms'

/** Where a scheme's time stands, how it is written, and how far it may be from the clock. */
export type TimestampForm = Place & {
  /** What stands before the time in a header that holds the signatures too, such as `t=`. */
  prefix?: string | undefined
  /** What stands between the entries of such a header. */
  separator?: string | undefined
  /** @defaultValue `'s'` */
  unit?: TimestampUnit | undefined
  /**
   * How far the time may be from the clock, either way, in seconds.
   *
   * @defaultValue 300
   */
  toleranceSeconds?: number | undefined
}

/** When a request says that it was signed. */
export interface Timestamp {
  /** As it was sent, and signed. */
  text: string
  ms: number | null
}

/** That of a scheme which signs none. */
export const NO_TIME: Timestamp = { text: '', ms: null }

const DEFAULT_TOLERANCE_SECONDS = 300

/** Strict digits, of which a `Number` holds each. */
const DIGITS = { s: /^(?:0|[1-9]\d{0,11})$/, ms: /^(?:0|[1-9]\d{0,14})$/ }

/**
 * The time of a request; refused where it is malformed, there twice, or further from the clock than the
 * tolerance either way (both ends included).
 */
export function readTimestamp(form: TimestampForm, request: OpenedRequest, nowMs: number): Timestamp {
  const { unit = 's', toleranceSeconds = DEFAULT_TOLERANCE_SECONDS } = form
  const text = theEntry(locate(form, request), form)
  if (!DIGITS[unit].test(text)) refuseAt(form, request, `must hold Unix time in ${unit}, in digits alone`)
  const unitMs = unit === 's' ? 1000 : 1
  const ms = Number(text) * unitMs
  const ageMs = Math.floor(nowMs / unitMs) * unitMs - ms
  const toleranceMs = toleranceSeconds * 1000
  // Negated, so that a clock that gives NaN refuses.
  if (!(Math.abs(ageMs) <= toleranceMs)) {
    const isNew = ageMs < 0
    request.refuse(
      isNew ? 'timestamp_too_new' : 'timestamp_too_old',
      `The ${nameOf(form)} is more than ${toleranceSeconds} s in the ${isNew ? 'future' : 'past'}.`,
    )
  }
  return { text, ms }
}

/** The one entry that is the time; empty, which is no time, where there are none or several. */
function theEntry(text: string, form: TimestampForm): string {
  if (form.prefix === undefined && form.separator === undefined) return text
  const [start, end, other] = findEntries(text, form, Infinity) ?? []
  return other === undefined ? text.slice(start ?? text.length, end) : ''
}
