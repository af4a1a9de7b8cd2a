import { accept, refuse, type Checked } from './checked'

/** What a scheme counts time in: Unix seconds, or milliseconds. */
export type TimestampUnit = 's' | 'ms'

/** Strict digits, of which a `Number` holds each. */
const DIGITS = { s: /^(?:0|[1-9]\d{0,11})$/, ms: /^(?:0|[1-9]\d{0,14})$/ }
const UNIT_MS = { s: 1000, ms: 1 }

/**
 * The milliseconds of a timestamp; refused where it is not strict digits, or further from the clock than the tolerance
 * either way (both ends included).
 *
 * @param place - Where it stands, for messages.
 */
export function checkTimestamp(
  text: string,
  place: string,
  nowMs: number,
  toleranceSeconds: number,
  unit: TimestampUnit = 's',
): Checked<number> {
  if (!DIGITS[unit].test(text)) {
    return refuse('malformed_header', `The ${place} must hold Unix time in ${unit}, in digits alone.`)
  }
  const unitMs = UNIT_MS[unit]
  const ageMs = (Math.floor(nowMs / unitMs) - Number(text)) * unitMs
  const toleranceMs = toleranceSeconds * 1000
  // Negated, so that a clock that gives NaN refuses.
  if (!(ageMs <= toleranceMs)) {
    return refuse('timestamp_too_old', `The ${place} is more than ${toleranceSeconds} s in the past.`)
  }
  if (!(ageMs >= -toleranceMs)) {
    return refuse('timestamp_too_new', `The ${place} is more than ${toleranceSeconds} s in the future.`)
  }
  return accept(Number(text) * unitMs)
}
