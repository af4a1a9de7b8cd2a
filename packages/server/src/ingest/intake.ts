import {
  correctTimestamp,
  mentionOf,
  parseTimestamp,
  type ArunikaEvent,
  type CheckedBatch,
  type Identifier,
  type Mention,
  type MentioningEvent,
  type RejectedEvent,
} from '@arunika/protocol'
import type { NewEvent } from '../store/schema'

/** Where a request comes from. */
export interface Origin {
  appId: string
  source: 'browser' | 'server'
  /** Milliseconds since the epoch. */
  receivedAt: number
  /** The session of a browser's request. */
  sessionId?: string
}

/** What a request brings, validated and with its clock corrected: ready to be stored. */
export interface Intake {
  appId: string
  events: IntakeEvent[]
  /** The events that validation has refused. */
  rejected: RejectedEvent[]
}

/** An event as it will be stored. What names a profile id says whom it means once that is looked up. */
export type IntakeEvent = { index: number; row: NewEvent } & (
  { mention: Mention } | { mention: null; profileId: string; said: MentioningEvent }
)

/**
 * Makes of a batch what is stored. It may wait for a commit then, and what it was parsed from is gone meanwhile: texts take less
 * memory than trees of objects.
 */
export function takeIn(
  origin: Origin,
  batch: CheckedBatch<ArunikaEvent & { identifier?: Identifier }>,
): Intake {
  const events = batch.events.map(({ index, event }): IntakeEvent => {
    const originalMs = parseTimestamp(event.timestamp) ?? origin.receivedAt
    const timestampMs = correctTimestamp(originalMs, batch.sentAtMs, origin.receivedAt)
    const said = { ...event, timestampMs, sessionId: origin.sessionId }
    const profileId = event.identifier?.profileId
    const row = rowOf(origin, event, timestampMs, originalMs)
    if (profileId !== undefined) return { index, row, mention: null, profileId, said }
    const mention = mentionOf(said)
    row.owner_key = mention.owner
    return { index, row, mention }
  })
  return { appId: origin.appId, events, rejected: batch.rejected }
}

/** The owner is filled in by whoever knows it. */
function rowOf(
  { appId, source, receivedAt, sessionId }: Origin,
  event: ArunikaEvent & { identifier?: Identifier },
  timestampMs: number,
  originalMs: number,
): NewEvent {
  return {
    app_id: appId,
    event_id: event.eventId,
    event_type: event.eventType,
    timestamp: timestampMs,
    original_timestamp: originalMs === timestampMs ? null : originalMs,
    received_at: receivedAt,
    source,
    owner_key: '',
    session_id: sessionId ?? event.identifier?.sessionId ?? null,
    description: event.description ?? null,
    event_data: event.eventData ? JSON.stringify(event.eventData) : null,
    context: event.context ? JSON.stringify(event.context) : null,
    identifier: event.identifier ? JSON.stringify(event.identifier) : null,
  }
}
