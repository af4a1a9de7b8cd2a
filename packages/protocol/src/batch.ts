import type { EventErrorCode } from './error-codes'
import type { ArunikaEvent, ServerEvent } from './event'

/** The body of `POST /api/events`. */
export interface BrowserBatch {
  appId: string
  sessionId: string
  /** When this request was made, by the sender's clock. */
  sentAt?: string
  events: ArunikaEvent[]
}

/** The body of `POST /api/webhooks`. */
export interface ServerBatch {
  /** When this request was made, by the sender's clock. */
  sentAt?: string
  events: ServerEvent[]
}

/** One event that was not stored, and why. */
export interface RejectedEvent {
  /** Its place in the request, from 0. */
  index: number
  /** As it was sent, where that was text. */
  eventId: string | null
  /** Why, for programs. */
  code: EventErrorCode
  /** Why, for people: names the field. */
  detail: string
}

/** The answer to a batch: every event is stored now, was stored before, or is in `rejected`. */
export interface IngestAnswer {
  /** Events that are stored now. */
  accepted: number
  /** Events that were stored before. */
  duplicates: number
  /** Events that will never be stored. */
  rejected: RejectedEvent[]
}
