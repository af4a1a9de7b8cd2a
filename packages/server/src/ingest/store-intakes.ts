import {
  EVENT_ERROR_CODES,
  mentionOf,
  type IngestAnswer,
  type Mention,
  type RejectedEvent,
} from '@arunika/protocol'
import { knownProfiles } from '../identity/known-profiles'
import { link } from '../identity/link'
import { appendToLog } from '../live/live-log'
import { lockApps } from '../store/lock-apps'
import type { NewEvent } from '../store/schema'
import type { Trx } from '../store/writer'
import { changedEvents } from './changed-events'
import { insertEvents } from './insert-events'
import type { Intake, IntakeEvent } from './intake'

/** What became of an intake. */
export interface StoredIntake {
  answer: IngestAnswer
  /** How many of the duplicates have another content than what is stored: theirs is not kept. */
  changed: number
}

/** An event that may be stored. */
interface Candidate {
  intake: Intake
  row: NewEvent
  mention: Mention
}

/**
 * Stores the events that are not stored yet, links people by what they say, and tells the stream: all in the caller's
 * transaction. What several requests brought is stored as if one had: that costs the database less.
 */
export async function storeIntakes(trx: Trx, intakes: Intake[]): Promise<StoredIntake[]> {
  const stored = new Map<Intake, StoredIntake>()
  for (const intake of intakes) {
    stored.set(intake, { answer: { accepted: 0, duplicates: 0, rejected: [...intake.rejected] }, changed: 0 })
  }
  const appIds = [...new Set(intakes.map(({ appId }) => appId))]
  await lockApps(trx, appIds)
  for (const appId of appIds) {
    const ofApp = intakes.filter((intake) => intake.appId === appId)
    await storeOfApp(trx, appId, ofApp, stored)
  }
  for (const { answer } of stored.values()) answer.rejected.sort((a, b) => a.index - b.index)
  return [...stored.values()]
}

async function storeOfApp(
  trx: Trx,
  appId: string,
  intakes: Intake[],
  stored: Map<Intake, StoredIntake>,
): Promise<void> {
  const profiles = await knownProfiles(trx, appId, intakes.flatMap(profileIdsOf))
  const candidates: Candidate[] = []
  for (const intake of intakes) {
    for (const item of intake.events) {
      if (item.mention !== null) {
        candidates.push({ intake, row: item.row, mention: item.mention })
        continue
      }
      const profile = profiles.get(item.profileId)
      if (profile === undefined) {
        stored.get(intake)?.answer.rejected.push(unknownProfile(item))
        continue
      }
      const mention = mentionOf({ ...item.said, profile })
      candidates.push({ intake, row: { ...item.row, owner_key: mention.owner }, mention })
    }
  }

  const isNew = await insertEvents(
    trx,
    candidates.map(({ row }) => row),
  )
  const news: Mention[] = []
  const duplicates: Candidate[] = []
  for (const candidate of candidates) {
    const result = stored.get(candidate.intake)
    // Of an id that is here twice the first counts, as it does between requests.
    if (isNew.delete(candidate.row.event_id)) {
      news.push(candidate.mention)
      if (result) result.answer.accepted++
    } else {
      duplicates.push(candidate)
      if (result) result.answer.duplicates++
    }
  }
  for (const { intake } of await changedEvents(trx, appId, duplicates)) {
    const result = stored.get(intake)
    if (result) result.changed++
  }
  if (news.length === 0) return
  const entries = await link(trx, appId, news)
  await appendToLog(trx, appId, [
    ...entries,
    ...news.map(({ eventId }) => ({ event: 'user_activity' as const, ref: eventId })),
  ])
}

function profileIdsOf({ events }: Intake): string[] {
  return events.flatMap((item) => (item.mention === null ? [item.profileId] : []))
}

function unknownProfile({ index, row }: IntakeEvent): RejectedEvent {
  const code = 'unknown_profile'
  return { index, eventId: row.event_id, code, detail: EVENT_ERROR_CODES[code] }
}
