import {
  EVENT_ERROR_CODES,
  mentionOf,
  type IdentifierKey,
  type IngestAnswer,
  type Mention,
  type RejectedEvent,
} from '@arunika/protocol'
import { link } from '../identity/link'
import { inChunks } from '../store/in-chunks'
import type { NewEvent } from '../store/schema'
import type { Trx } from '../store/writer'
import type { Intake, IntakeEvent } from './intake'

/**
 * Stores the events that are not stored yet, links people by what they say, and tells the stream: all in the caller's
 * transaction.
 */
export async function storeIntake(trx: Trx, intake: Intake): Promise<IngestAnswer> {
  const profiles = await knownProfiles(trx, intake)
  const rejected = [...intake.rejected]
  const rows: NewEvent[] = []
  const mentions = new Map<string, Mention>()
  for (const item of intake.events) {
    const profile = profiles.get(item.event.identifier?.profileId)
    if (item.event.identifier?.profileId !== undefined && profile === undefined) {
      rejected.push(unknownProfile(item))
      continue
    }
    const mention = mentionOf({
      ...item.event,
      timestampMs: item.timestampMs,
      sessionId: intake.sessionId,
      profile,
    })
    // Of an id that is twice in one request the first counts, as it does between requests.
    if (!mentions.has(item.event.eventId)) mentions.set(item.event.eventId, mention)
    rows.push(rowOf(intake, item, mention.owner))
  }

  const isNew = await insertEvents(trx, rows)
  const news = [...isNew].map((id) => mentions.get(id)).filter((mention) => mention !== undefined)
  if (news.length > 0) {
    await link(trx, intake.appId, news)
    const log = news.map((mention) => ({
      app_id: intake.appId,
      event: 'user_activity' as const,
      ref: mention.eventId,
    }))
    await trx.insertInto('live_log').values(log).execute()
  }
  rejected.sort((a, b) => a.index - b.index)
  return { accepted: isNew.size, duplicates: rows.length - isNew.size, rejected }
}

/** The identifiers that the profile ids in these events were given out for. */
async function knownProfiles(trx: Trx, intake: Intake): Promise<Map<string | undefined, IdentifierKey>> {
  const ids = new Set(
    intake.events.map(({ event }) => event.identifier?.profileId).filter((id) => id !== undefined),
  )
  if (ids.size === 0) return new Map()
  const rows = await trx
    .selectFrom('identifiers')
    .select(['profile_id', 'key'])
    .where('app_id', '=', intake.appId)
    .where('profile_id', 'in', [...ids])
    .execute()
  return new Map(rows.map((row) => [row.profile_id ?? undefined, row.key as IdentifierKey]))
}

async function insertEvents(trx: Trx, rows: NewEvent[]): Promise<Set<string>> {
  const inserted = await inChunks(rows, (chunk) =>
    trx
      .insertInto('events')
      .values(chunk)
      .onConflict((conflict) => conflict.columns(['app_id', 'event_id']).doNothing())
      .returning('event_id')
      .execute(),
  )
  return new Set(inserted.map((row) => row.event_id))
}

function rowOf(intake: Intake, { event, timestampMs, originalMs }: IntakeEvent, owner: string): NewEvent {
  return {
    app_id: intake.appId,
    event_id: event.eventId,
    event_type: event.eventType,
    timestamp: timestampMs,
    original_timestamp: originalMs === timestampMs ? null : originalMs,
    received_at: intake.receivedAt,
    source: intake.source,
    owner_key: owner,
    session_id: intake.sessionId ?? event.identifier?.sessionId ?? null,
    description: event.description ?? null,
    event_data: event.eventData ? JSON.stringify(event.eventData) : null,
    context: event.context ? JSON.stringify(event.context) : null,
    identifier: event.identifier ? JSON.stringify(event.identifier) : null,
  }
}

function unknownProfile({ index, event }: IntakeEvent): RejectedEvent {
  return { index, eventId: event.eventId, code: 'unknown_profile', detail: EVENT_ERROR_CODES.unknown_profile }
}
