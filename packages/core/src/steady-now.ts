/**
 * Makes a clock that never goes back: where the time of day is set back, it goes on from where it was. What it says of an event and
 * of the moment of sending is off by the same then, which the server corrects, and the order of events stays.
 *
 * @param now - Milliseconds since the epoch.
 * @example
 * const now = createSteadyNow()
 */
export function createSteadyNow(now: () => number = Date.now): () => number {
  let last = 0
  let aheadMs = 0
  return () => {
    const ms = now() + aheadMs
    if (ms < last) aheadMs += last - ms
    else last = ms
    return last
  }
}
