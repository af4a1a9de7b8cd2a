import { accept, refuse, type Checked } from './checked'

const UNIX_SECONDS = /^(?:0|[1-9]\d{0,11})$/

/**
 * The milliseconds of a timestamp in Unix seconds; refused where it is not strict digits, or further from the clock than
 * the tolerance either way (both ends included).
 */
export function checkTimestamp(
  text: string,
  header: string,
  nowMs: number,
  toleranceSeconds: number,
): Checked<number> {
  if (!UNIX_SECONDS.test(text))
    return refuse('malformed_header', `The header ${header} must be Unix seconds.`)
  const ageSeconds = Math.floor(nowMs / 1000) - Number(text)
  // Negated, so that a clock that gives NaN refuses.
  if (!(ageSeconds <= toleranceSeconds)) {
    return refuse('timestamp_too_old', `The header ${header} is more than ${toleranceSeconds} s in the past.`)
  }
  if (!(ageSeconds >= -toleranceSeconds)) {
    return refuse(
      'timestamp_too_new',
      `The header ${header} is more than ${toleranceSeconds} s in the future.`,
    )
  }
  return accept(Number(text) * 1000)
}
