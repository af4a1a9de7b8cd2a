/** How much goes into one batch. */
export interface BatchLimits {
  /** Events in one batch. */
  maxEvents: number
  /** Bytes of one request body. */
  maxBytes: number
}

/** What one request may hold. */
export const BATCH_LIMITS = {
  maxEvents: 1_000,
  maxBytes: 1_048_576,
} as const satisfies BatchLimits

/**
 * How many of the first waiting items go into the next batch: as many as fit by count and by bytes. `0` where nothing
 * waits, or where the first item alone does not fit, so that no batch can ever hold it.
 *
 * @param sizes - The encoded bytes of each waiting item, oldest first. Read no further than the batch goes.
 * @param envelopeBytes - The bytes of the body around the items, with an empty list.
 * @example
 * batchLength([40, 40, 40], { maxEvents: 10, maxBytes: 100 }, 13) // 2: 13 + 40 + 1 + 40 bytes
 */
export function batchLength(sizes: Iterable<number>, limits: BatchLimits, envelopeBytes: number): number {
  let count = 0
  let bytes = envelopeBytes
  for (const size of sizes) {
    bytes += size + (count > 0 ? 1 : 0) // the comma
    // Asked this way round, a size or a limit that is NaN lets nothing through.
    if (!(count < limits.maxEvents && bytes <= limits.maxBytes)) break
    count++
  }
  return count
}

/** What {@link isFlushDue} decides by. */
export interface FlushState {
  /** Items that wait. */
  waiting: number
  /** Milliseconds that the oldest of them has waited. */
  oldestAgeMs: number
}

/**
 * Whether a batch should leave now: enough items wait, or the oldest has waited long enough.
 *
 * @example
 * isFlushDue({ waiting: 3, oldestAgeMs: 5000 }, { flushAt: 10, flushIntervalMs: 5000 }) // true
 */
export function isFlushDue(
  state: FlushState,
  options: { flushAt: number; flushIntervalMs: number },
): boolean {
  if (state.waiting === 0) return false
  return state.waiting >= options.flushAt || state.oldestAgeMs >= options.flushIntervalMs
}
