import type { ArunikaEvent } from './event'

/** An event as the reading routes and the stream give it. */
export interface Activity extends ArunikaEvent {
  /** The person it belongs to, or `null` while its session is nobody's. */
  profileId: string | null
  sessionId: string | null
  /** `browser`, `server`, or the name of the provider whose webhook it came from. */
  source: string
  receivedAt: string
  /** What the sender's clock said, where the server corrected `timestamp`. */
  originalTimestamp?: string
  /** There where `timestamp` is more than a day after `receivedAt`, or ten years before it. */
  timestampOutlier?: 'future' | 'ancient'
}

/** One page of a list, newest first unless the route says otherwise. */
export interface Page<Item> {
  items: Item[]
  /** Give it as `cursor` to get the next page; `null` on the last. */
  nextCursor: string | null
}
