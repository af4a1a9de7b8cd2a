import { isEmailKey, valueOfKey, type JsonObject, type JsonValue, type UserStatus } from '@arunika/protocol'
import { sql } from 'kysely'
import type { UserRow } from '../store/schema'
import type { Trx } from '../store/writer'
import { isLater } from './attributes'

/** The keys of all emails: from the first, and before the second. */
const EMAILS = { from: 'e:', to: 'e;' } as const

/** A user id or an email of a person. */
interface Member {
  key: string
  /** The person that it belongs to. */
  root: string
  profile_id: string | null
  first_at: number
  last_at: number
  /** The last activity in a session of this identifier, or `null`. */
  sessions_last_at: number | null
}

interface AttributeRow {
  /** The person that it is of. */
  root: string
  name: string
  value: string
  at: number
  event_id: string
}

/**
 * The rows of `users`, made from identifiers, links and attributes alone.
 *
 * @param candidates - User ids and emails; those that belong to another are left out.
 */
export async function deriveUsers(trx: Trx, appId: string, candidates: string[]): Promise<UserRow[]> {
  const people = new Map<string, { members: Member[]; attributes: AttributeRow[] }>()
  for (const member of await membersOf(trx, appId, candidates)) {
    const person = people.get(member.root) ?? { members: [], attributes: [] }
    person.members.push(member)
    people.set(member.root, person)
  }
  for (const attribute of await attributesOf(trx, appId, candidates)) {
    people.get(attribute.root)?.attributes.push(attribute)
  }
  return Array.from(people, ([root, { members, attributes }]) => ({
    app_id: appId,
    root,
    ...identityOf(root, members),
    ...profileOf(attributes),
  }))
}

/** Those of the candidates that belong to nobody else, and the emails that belong to them. */
async function membersOf(trx: Trx, appId: string, candidates: string[]): Promise<Member[]> {
  return selectMembers(trx, appId, candidates)
    .select(['own.key', 'own.profile_id', 'own.first_at', 'own.last_at'])
    .select((eb) =>
      eb
        .selectFrom('identifiers as child')
        .select(({ fn }) => fn.max('child.last_at').as('last_at'))
        .whereRef('child.app_id', '=', 'own.app_id')
        .whereRef('child.parent', '=', 'own.key')
        .as('sessions_last_at'),
    )
    .execute()
}

/** What is recorded of the members. A person may have more emails than a statement takes parameters, so it is a join. */
async function attributesOf(trx: Trx, appId: string, candidates: string[]): Promise<AttributeRow[]> {
  return (
    selectMembers(trx, appId, candidates)
      // SQLite keeps the order of a cross join: members first, and never all the attributes of the app.
      .crossJoin('attributes')
      .whereRef('attributes.app_id', '=', 'own.app_id')
      .whereRef('attributes.key', '=', 'own.key')
      .select(['attributes.name', 'attributes.value', 'attributes.at', 'attributes.event_id'])
      .execute()
  )
}

/** A union, since SQLite answers an `or` of the two by reading every identifier of the app. */
function selectMembers(trx: Trx, appId: string, candidates: string[]) {
  const known = trx
    .selectFrom('identifiers')
    .select(['app_id', 'key', 'profile_id', 'first_at', 'last_at'])
    .select(sql<string>`coalesce(parent, key)`.as('root'))
    .where('app_id', '=', appId)
  const roots = known.where('key', 'in', candidates).where('parent', 'is', null)
  // A range, which an index serves: a person may have thousands of sessions, and those are not read.
  const emails = known
    .where('parent', 'in', candidates)
    .where('key', '>=', EMAILS.from)
    .where('key', '<', EMAILS.to)
  return trx.selectFrom(roots.unionAll(emails).as('own')).select('own.root')
}

/** The ids and times of a person: the oldest profile id survives, the email last seen is theirs. */
function identityOf(root: string, members: Member[]) {
  const oldest = members.reduce((first, member) => (isOlder(member, first) ? member : first))
  const [first, ...others] = members.filter((member) => isEmailKey(member.key))
  const email = first && others.reduce((last, member) => (isLastSeen(member, last) ? member : last), first)
  if (oldest.profile_id === null) throw new TypeError(`${oldest.key} has no profile id`)
  return {
    profile_id: oldest.profile_id,
    user_id: isEmailKey(root) ? null : valueOfKey(root),
    email: email ? valueOfKey(email.key) : null,
    first_at: oldest.first_at,
    last_active_at: members.reduce(
      (last, { last_at, sessions_last_at }) => Math.max(last, last_at, sessions_last_at ?? last_at),
      oldest.last_at,
    ),
  }
}

function isOlder(a: Member, b: Member): boolean {
  return a.first_at < b.first_at || (a.first_at === b.first_at && a.key < b.key)
}

function isLastSeen(a: Member, b: Member): boolean {
  return a.last_at > b.last_at || (a.last_at === b.last_at && a.key > b.key)
}

function profileOf(attributes: AttributeRow[]) {
  const latest = new Map<string, AttributeRow>()
  for (const row of attributes) {
    const other = latest.get(row.name)
    if (other === undefined || isLater(row, other)) latest.set(row.name, row)
  }
  const traits: JsonObject = {}
  for (const [name, row] of [...latest].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (name.startsWith('trait:'))
      define(traits, name.slice('trait:'.length), JSON.parse(row.value) as JsonValue)
  }
  const read = <Value>(name: string): Value | null => {
    const row = latest.get(name)
    return row ? (JSON.parse(row.value) as Value) : null
  }
  return {
    name: read<string>('name'),
    subscription_tier: read<string>('subscriptionTier'),
    registered_at: read<number>('registeredAt'),
    status: read<UserStatus>('status') ?? 'pending',
    traits: JSON.stringify(traits),
  }
}

/** Sets an own field whatever its name is: an assignment to `__proto__` would set the prototype. */
function define(object: JsonObject, name: string, value: JsonValue): void {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true })
}
