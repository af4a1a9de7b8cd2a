import { RESERVED_TYPES, type Identifier } from './event'
import { emailKey, isUserKey, sessionKey, userKey, type IdentifierKey } from './identifier-key'
import { isObject, own, type JsonObject } from './json'
import { storableText } from './text'
import { isName, normalizeEmail } from './validate-identifier'

/** What is known of a person beside their identifiers. */
export interface Attribute {
  name: 'name' | 'subscriptionTier' | 'registeredAt' | 'status' | `trait:${string}`
  /** JSON. */
  value: string
  /** Of two values the one with the greater `at` is the person's; of two with the same, the one of the greater event id. */
  at: number
}

/** What one event says about who people are. */
export interface Mention {
  eventId: string
  /** The event's time, in milliseconds since the epoch. */
  at: number
  session: IdentifierKey | null
  email: IdentifierKey | null
  user: IdentifierKey | null
  /** The identifier whose event it is. */
  owner: IdentifierKey
  /** What it says of the person: name, subscription tier, traits. */
  attributes: Attribute[]
}

/** What {@link mentionOf} reads. */
export interface MentioningEvent {
  eventId: string
  eventType: string
  timestampMs: number
  eventData?: JsonObject | undefined
  identifier?: Identifier | undefined
  /** The session of a browser's event. */
  sessionId?: string | undefined
  /** The identifier that `identifier.profileId` was given out for. */
  profile?: IdentifierKey | undefined
}

/**
 * Reads who an event is about. Only the reserved types speak of a person in their data; what an app's own event calls `email` is
 * the app's business.
 *
 * @throws TypeError where the event has no identifier at all, which validation does not let through.
 * @example
 * mentionOf({ eventId, eventType: 'login', timestampMs: 0, identifier: { userId: 'user-42' } }).owner // 'u:user-42'
 */
export function mentionOf(event: MentioningEvent): Mention {
  const { identifier = {}, eventId, timestampMs } = event
  const registers = event.eventType === RESERVED_TYPES.userRegistered
  const data = registers || event.eventType === RESERVED_TYPES.userIdentified ? (event.eventData ?? {}) : {}

  const sessionId = event.sessionId ?? identifier.sessionId
  const userId = identifier.userId ?? textOf(data, 'userId')
  const emailAddress = identifier.email ?? normalizeEmail(own(data, 'email'))
  const session = sessionId === undefined ? null : sessionKey(sessionId)
  let user = userId === undefined ? null : userKey(userId)
  let email = emailAddress === null ? null : emailKey(emailAddress)

  // A profile id outranks the other identifiers: it stands for the one that it was given out for.
  if (event.profile !== undefined && isUserKey(event.profile)) user = event.profile
  else if (event.profile !== undefined) email = event.profile

  const owner = event.profile ?? user ?? email ?? session
  if (owner === null) throw new TypeError('an event without an identifier passed validation')
  return {
    eventId,
    at: timestampMs,
    session,
    email,
    user,
    owner,
    attributes: attributesOf(data, timestampMs, registers),
  }
}

/** Fields of a reserved event's data that are no traits. */
const FIELDS = new Set(['userId', 'email', 'name', 'subscriptionTier', 'traits'])

function attributesOf(data: JsonObject, at: number, registers: boolean): Attribute[] {
  const attributes: Attribute[] = []
  for (const name of ['name', 'subscriptionTier'] as const) {
    const value = textOf(data, name)
    if (value !== undefined) attributes.push({ name, value: JSON.stringify(value), at })
  }
  const flat = Object.entries(data).filter(([name]) => !FIELDS.has(name))
  const nested = isObject(data['traits']) ? Object.entries(data['traits']) : []
  for (const [name, value] of new Map([...flat, ...nested])) {
    attributes.push({ name: `trait:${storableText(name)}`, value: JSON.stringify(value), at })
  }
  // The first registration counts: the sign is turned, so that the earliest time is the greatest `at`.
  if (registers) attributes.push({ name: 'registeredAt', value: String(at), at: -at })
  return attributes
}

function textOf(data: JsonObject, field: string): string | undefined {
  const value = own(data, field)
  return isName(value) ? value : undefined
}
