import { RESERVED_TYPES, type ArunikaEvent } from './event'
import { formatTimestamp } from './time'
import type { CheckedProfile } from './validate-profile'

/**
 * The `user_identified` event that a profile request makes, so that a timeline shows when somebody said who they are.
 *
 * @param receivedAt - When the request came, in milliseconds since the epoch: the event's time where the request has none.
 * @example
 * const checked = validateProfile(body)
 * if (checked.ok) (await profileEvent(checked.value, Date.now())).eventType // 'user_identified'
 */
export async function profileEvent(profile: CheckedProfile, receivedAt: number): Promise<ArunikaEvent> {
  const timestampMs = profile.timestampMs ?? profile.sentAtMs ?? receivedAt
  const { sessionId, email, userId, name, traits } = profile
  return {
    eventId: profile.eventId ?? (await contentId(timestampMs, [sessionId, email, userId, name, traits])),
    eventType: RESERVED_TYPES.userIdentified,
    timestamp: formatTimestamp(timestampMs),
    eventData: {
      ...(userId !== undefined && { userId }),
      ...(email !== undefined && { email }),
      ...(name !== undefined && { name }),
      ...(traits !== undefined && { traits }),
    },
  }
}

/** A UUIDv7 whose random part is a hash of the content: the same request, sent again without an id, is the same event. */
async function contentId(timestampMs: number, content: unknown[]): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify(content)))
  const hash = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
  const time = Math.max(0, timestampMs).toString(16).padStart(12, '0').slice(-12)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hash.slice(0, 3)}-8${hash.slice(3, 6)}-${hash.slice(6, 18)}`
}
