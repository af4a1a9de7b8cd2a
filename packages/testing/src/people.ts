import {
  formatTimestamp,
  isEmailKey,
  isUserKey,
  valueOfKey,
  type Attribute,
  type IdentifierKey,
  type JsonObject,
  type JsonValue,
  type Mention,
  type User,
} from '@arunika/protocol'
import { deriveLinks, rootOf, type Links } from './links'

/** A person, and what orders them in a list. */
export interface Person {
  root: IdentifierKey
  user: User
  /** When the first of their identifiers was seen, in milliseconds since the epoch. */
  firstAt: number
}

/** Everybody of an app. */
export interface People {
  links: Links
  /** By their strongest identifier. */
  byRoot: ReadonlyMap<IdentifierKey, Person>
}

/** An identifier, with the time in which it was active. */
interface Member {
  key: IdentifierKey
  firstAt: number
  lastAt: number
}

/** Derives who there is from what the events say. */
export function derivePeople(
  mentions: readonly Mention[],
  profileIdOf: (key: IdentifierKey) => string | undefined,
): People {
  const links = deriveLinks(mentions)
  const members = new Map<IdentifierKey, Member[]>()
  for (const member of membersIn(mentions)) pushTo(members, rootOf(links, member.key), member)
  const attributes = new Map<IdentifierKey, OwnAttribute[]>()
  for (const { user, email, eventId, attributes: said } of mentions) {
    const key = user ?? email
    if (key === null) continue
    for (const attribute of said) pushTo(attributes, rootOf(links, key), { ...attribute, eventId })
  }

  const lastAt = new Map<IdentifierKey | null, number>()
  for (const { owner, at } of mentions) {
    const root = rootOf(links, owner)
    lastAt.set(root, Math.max(lastAt.get(root) ?? at, at))
  }

  const byRoot = new Map<IdentifierKey, Person>()
  for (const [root, own] of members) {
    const person = personOf(root, own, attributes.get(root) ?? [], profileIdOf)
    const lastActive = lastAt.get(root)
    if (lastActive !== undefined) person.user.lastActiveAt = formatTimestamp(lastActive)
    byRoot.set(root, person)
  }
  return { links, byRoot }
}

type OwnAttribute = Attribute & { eventId: string }

function membersIn(mentions: readonly Mention[]): Iterable<Member> {
  const members = new Map<IdentifierKey, Member>()
  for (const { email, user, at } of mentions) {
    for (const key of [email, user]) {
      if (key === null) continue
      const { firstAt = at, lastAt = at } = members.get(key) ?? {}
      members.set(key, { key, firstAt: Math.min(firstAt, at), lastAt: Math.max(lastAt, at) })
    }
  }
  return members.values()
}

/** The oldest profile id survives a merge, and the email that was seen last is the person's. */
function personOf(
  root: IdentifierKey,
  members: Member[],
  attributes: OwnAttribute[],
  profileIdOf: (key: IdentifierKey) => string | undefined,
): Person {
  const oldest = best(members, (a, b) => a.firstAt < b.firstAt || (a.firstAt === b.firstAt && a.key < b.key))
  const email = best(
    members.filter(({ key }) => isEmailKey(key)),
    (a, b) => a.lastAt > b.lastAt || (a.lastAt === b.lastAt && a.key > b.key),
  )
  const profileId = oldest ? profileIdOf(oldest.key) : undefined
  if (!oldest || profileId === undefined) throw new TypeError(`${root} has no profile id`)
  const known = latestOf(attributes)
  const registeredAt = known.get('registeredAt')
  const user: User = {
    profileId,
    userId: isUserKey(root) ? valueOfKey(root) : null,
    email: email ? valueOfKey(email.key) : null,
    name: textOf(known.get('name')),
    subscriptionTier: textOf(known.get('subscriptionTier')),
    traits: traitsOf(known),
    status: 'pending',
    registeredAt: typeof registeredAt === 'number' ? formatTimestamp(registeredAt) : null,
    lastActiveAt: null,
  }
  return { root, user, firstAt: oldest.firstAt }
}

function latestOf(attributes: OwnAttribute[]): Map<string, JsonValue> {
  const latest = new Map<string, OwnAttribute>()
  for (const attribute of attributes) {
    const { name, at, eventId } = attribute
    const other = latest.get(name)
    const isLater = !other || at > other.at || (at === other.at && eventId > other.eventId)
    if (isLater) latest.set(name, attribute)
  }
  return new Map(Array.from(latest, ([name, { value }]) => [name, JSON.parse(value) as JsonValue]))
}

/** `fromEntries` sets own fields, whatever their names: an assignment to `__proto__` would not. */
function traitsOf(known: Map<string, JsonValue>): JsonObject {
  const traits = [...known].filter(([name]) => name.startsWith('trait:'))
  return Object.fromEntries(traits.map(([name, value]) => [name.slice('trait:'.length), value]))
}

function textOf(value: JsonValue | undefined): string | null {
  return typeof value === 'string' ? value : null
}

function best<Item>(items: Item[], isBetter: (a: Item, b: Item) => boolean): Item | null {
  let found: Item | null = null
  for (const item of items) if (found === null || isBetter(item, found)) found = item
  return found
}

function pushTo<Item>(lists: Map<IdentifierKey, Item[]>, key: IdentifierKey | null, item: Item): void {
  if (key === null) return
  const list = lists.get(key)
  if (list) list.push(item)
  else lists.set(key, [item])
}
