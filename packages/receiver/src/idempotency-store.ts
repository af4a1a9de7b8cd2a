/** What taking a key gives. */
export type ClaimOutcome =
  /** The key is the caller's now. */
  | { state: 'claimed'; claim: DeliveryClaim }
  /** Another delivery with this key and body is being handled. */
  | { state: 'running' }
  /** A delivery with this key and body has been handled. */
  | { state: 'done' }
  /** The key belongs to another body, which is being handled or has been. */
  | { state: 'conflict' }

/** A key that was taken: the right to handle one delivery. End it by one of the two. */
export interface DeliveryClaim {
  /** Which try of this event it is, from 1; left out where the store does not count. */
  readonly attempt?: number | undefined
  /** How long the claim holds, in milliseconds; left out where it holds until it is ended. */
  readonly leaseMs?: number | undefined
  /** The delivery was handled: later ones with this key are duplicates, even where the lease has run out meanwhile. */
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
  /** Whether it outlives the process. `ackFirst` asks for such a store. */
  readonly durable?: boolean
  /**
   * Takes a key, unless it is taken or done. A key whose lease has run out, or that was released, is free for any body.
   *
   * @param bodyHash - Tells one body from another: a key that is not free, with another hash, is a `conflict`.
   */
  claim(key: string, bodyHash: string): Promise<ClaimOutcome>
}
