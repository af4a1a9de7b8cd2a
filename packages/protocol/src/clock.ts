import { LIMITS } from './limits'
import { LAST_TIMESTAMP_MS, FIRST_TIMESTAMP_MS } from './time'

/**
 * The time of an event by the server's clock, in milliseconds. Where the sender's clock, as told by `sentAt`, differs
 * from the server's by more than 2 s, the event is moved by the difference; its distance from its neighbours stays. It is
 * never moved past the years 0 to 9999, which are all that the wire can write.
 *
 * @param sentAtMs - What the sender's clock said as it sent, or `null` where it did not say: then nothing is moved.
 * @example
 * correctTimestamp(5_000, 6_000, 66_000) // 65_000: the sender's clock is a minute behind
 */
export function correctTimestamp(timestampMs: number, sentAtMs: number | null, receivedAtMs: number): number {
  if (sentAtMs === null) return timestampMs
  const skew = receivedAtMs - sentAtMs
  if (!(Math.abs(skew) > LIMITS.clockSkewToleranceMs)) return timestampMs
  return Math.min(Math.max(timestampMs + skew, FIRST_TIMESTAMP_MS), LAST_TIMESTAMP_MS)
}

const DAY_MS = 86_400_000

/**
 * Whether an event's time can hardly be true: more than a day after it arrived, or ten years before. It is kept and sorted by all
 * the same, since only its sender knows better.
 *
 * @param timestampMs - Of the event, by the server's clock.
 * @example
 * timestampOutlier(0, Date.now()) // 'ancient'
 */
export function timestampOutlier(timestampMs: number, receivedAtMs: number): 'future' | 'ancient' | null {
  const days = (timestampMs - receivedAtMs) / DAY_MS
  return days > 1 ? 'future' : days < -3_650 ? 'ancient' : null
}
