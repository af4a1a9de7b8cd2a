import type { IngestAnswer, RejectedEvent } from './batch'
import type { EventErrorCode } from './error-codes'
import { isArray, isObject, own } from './json'
import { USER_STATUSES, type ProfileAnswer, type UserStatus } from './profile'

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
  if (!isObject(body)) return null
  const accepted = own(body, 'accepted')
  const duplicates = own(body, 'duplicates')
  const rejected = own(body, 'rejected')
  if (!isCount(accepted) || !isCount(duplicates) || !isArray(rejected)) return null
  if (accepted + duplicates + rejected.length !== sent) return null
  const items = new Map<number, RejectedEvent>()
  for (let i = 0; i < rejected.length; i++) {
    const item = parseRejected(own(rejected, String(i)))
    if (item === null || item.index >= sent) return null
    items.set(item.index, item)
  }
  // Of two refusals of one event, one took the place of an event that nothing is said of.
  return items.size === rejected.length ? { accepted, duplicates, rejected: [...items.values()] } : null
}

function parseRejected(item: unknown): RejectedEvent | null {
  if (!isObject(item)) return null
  const index = own(item, 'index')
  const eventId = own(item, 'eventId')
  const code = own(item, 'code')
  const detail = own(item, 'detail')
  if (!isCount(index) || typeof code !== 'string' || typeof detail !== 'string') return null
  if (eventId !== null && typeof eventId !== 'string') return null
  return { index, eventId, code: code as EventErrorCode, detail }
}

/**
 * The answer to a profile request, or `null` where a body with status 200 is none. Never throws.
 *
 * @example
 * parseProfileAnswer('<html>') // null
 */
export function parseProfileAnswer(body: unknown): ProfileAnswer | null {
  if (!isObject(body)) return null
  const profileId = own(body, 'profileId')
  const status = own(body, 'status')
  if (typeof profileId !== 'string' || profileId === '' || !isUserStatus(status)) return null
  return { profileId, status }
}

function isUserStatus(value: unknown): value is UserStatus {
  return USER_STATUSES.includes(value as UserStatus)
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
