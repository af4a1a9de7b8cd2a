import { BATCH_LIMITS } from './batching'

/**
 * The bounds of the wire. A sender fills its batches up to them, the server refuses what goes past them.
 *
 * Bytes are UTF-8 bytes of the JSON text; characters are Unicode code points, as in JSON Schema's `maxLength`.
 */
export const LIMITS = {
  /** Events in one request. */
  maxBatchEvents: BATCH_LIMITS.maxEvents,
  /** Bytes of one request body, as sent. */
  maxBodyBytes: BATCH_LIMITS.maxBytes,
  /** Bytes of one request body after unzipping. */
  maxUnzippedBodyBytes: 5_242_880,
  /** Characters of `eventType`. */
  maxEventTypeLength: 128,
  /** Characters of `description`. */
  maxDescriptionLength: 1_024,
  /** Bytes of `eventData`, encoded. */
  maxEventDataBytes: 32_768,
  /** Bytes of `context`, encoded. */
  maxContextBytes: 32_768,
  /** Bytes of the `traits` of a profile, encoded. */
  maxTraitsBytes: 32_768,
  /** Levels of nesting in `eventData`, `context` and `traits`. */
  maxDepth: 32,
  /** Characters of a user id, session id, profile id, name or subscription tier. */
  maxIdentifierLength: 256,
  /** Characters of an email address: RFC 5321 allows a path of 256 octets, two of which are the angle brackets. */
  maxEmailLength: 254,
  /** Items in a page of a list, where the reader does not say. */
  defaultPageItems: 50,
  /** Items in a page of a list; a reader that asks for more gets this many. */
  maxPageItems: 1_000,
  /** How far `X-Webhook-Timestamp` may be from the server's clock, either way, in seconds. */
  signatureToleranceSeconds: 300,
  /** `sentAt` and the server's clock may differ by this much before timestamps are corrected, in milliseconds. */
  clockSkewToleranceMs: 2_000,
} as const
