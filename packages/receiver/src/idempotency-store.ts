/** What taking a key gives. */
export type ClaimOutcome =
  /** The key is the caller's now. */
  | { state: 'claimed'; claim: DeliveryClaim }
  /** Another delivery with this key is being handled. */
  | { state: 'running' }
  /** A delivery with this key has been handled. */
  | { state: 'done' }

/** A key that was taken: the right to handle one delivery. End it by one of the two. */
export interface DeliveryClaim {
  /** The delivery was handled: later ones with this key are duplicates. */
  commit(): Promise<void>
  /** It was not: the next delivery with this key may be handled. Never takes a key from a later claim. */
  release(): Promise<void>
}

/**
 * Remembers which deliveries were handled, so that each is handled once. `claim` must be atomic: of two at the same
 * moment, exactly one gets the key.
 *
 * @example
 * createReceiver({ provider, idempotency: memoryIdempotency({ maxEntries: 100_000 }) })
 */
export interface IdempotencyStore {
  /** Takes a key, unless it is taken or done. */
  claim(key: string): Promise<ClaimOutcome>
}
