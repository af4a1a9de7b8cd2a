import type { IngestAnswer, RejectedEvent } from './batch'
import { USER_STATUSES, type ProfileAnswer } from './profile'

/**
 * The answer to a batch of `sent` events, or `null` where a body with status 200 is none: a proxy's page, half a JSON, or
 * numbers that do not account for every event that was sent. An event leaves an outbox by such an answer only.
 * Never throws.
 *
 * A code that this version does not know is let through: a newer server may have more of them.
 *
 * @example
 * parseIngestAnswer({ accepted: 1, duplicates: 0, rejected: [] }, 2) // null: one event is not accounted for
 */
export function parseIngestAnswer(body: unknown, sent: number): IngestAnswer | null {
  try {
    const { accepted, duplicates, rejected } = body as IngestAnswer
    if (!isCount(accepted) || !isCount(duplicates) || !Array.isArray(rejected)) return null
    if (accepted + duplicates + rejected.length !== sent) return null
    const items = rejected.map(({ index, eventId, code, detail }) => ({ index, eventId, code, detail }))
    // Of two refusals of one event, one took the place of an event that nothing is said of.
    const places = new Set(items.map(({ index }) => index))
    const isComplete = places.size === items.length && items.every((item) => isRefusal(item, sent))
    return isComplete ? { accepted, duplicates, rejected: items } : null
  } catch {
    return null // no object, or one of the refusals is none
  }
}

function isRefusal(item: { [Field in keyof RejectedEvent]: unknown }, sent: number): boolean {
  const { index, eventId, code, detail } = item
  const isText = [eventId === null ? '' : eventId, code, detail].every((field) => typeof field === 'string')
  return isText && isCount(index) && index < sent
}

/**
 * The answer to a profile request, or `null` where a body with status 200 is none. Never throws.
 *
 * @example
 * parseProfileAnswer('<html>') // null
 */
export function parseProfileAnswer(body: unknown): ProfileAnswer | null {
  try {
    const { profileId, status } = body as ProfileAnswer
    if (typeof profileId !== 'string' || profileId === '' || !USER_STATUSES.includes(status)) return null
    return { profileId, status }
  } catch {
    return null // no object
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
