import type { Strength } from './provider'
import type { VerifiedWebhook } from './verified-webhook'

/** A webhook as a handler gets it: verified, and of the provider's form. */
export interface WebhookEvent<Type extends string = string, Data = unknown> {
  /** The same over all deliveries of one event. */
  readonly id: string
  readonly type: Type
  /** When this delivery was signed; `null` where the provider's scheme has no time. */
  readonly timestamp: Date | null
  /**
   * The part of the payload that depends on the type: as the schema of the type gives it. Where there is none, its form is
   * the sender's word: only the signature is checked.
   */
  readonly data: Data
  /** The whole body, parsed. */
  readonly payload: unknown
  /** The bytes that were signed. */
  readonly body: Uint8Array
}

/** What else a handler may want to know of a delivery. */
export interface HandlerContext {
  /** The event's id. */
  readonly id: string
  /** The provider's name. */
  readonly provider: string
  /**
   * Which try to handle this event it is, from 1: as the idempotency store counts; else which try to deliver it, as the
   * sender says in a header that is not signed; `null` where neither tells.
   */
  readonly attempt: number | null
  /** What the provider's scheme proves. */
  readonly strength: Strength
  /** Which secret of the list it was signed with: 0 is the newest. */
  readonly matchedSecret: number
  /**
   * Aborted when the store's lease has run out: from then on, the next delivery of the event may be handled too. A sender
   * that hangs up aborts nothing, since it will ask again.
   */
  readonly signal: AbortSignal
}

/**
 * The event of a webhook, read whole so that a handler never meets a malformed one.
 *
 * @throws WebhookPayloadError where the body is not of the provider's form.
 */
export function eventOf({ id, type, timestamp, data, payload, body }: VerifiedWebhook): WebhookEvent {
  return { id, type, timestamp, data, payload, body }
}
