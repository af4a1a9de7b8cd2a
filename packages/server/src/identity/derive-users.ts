import { isEmailKey, valueOfKey, type JsonObject, type JsonValue, type UserStatus } from '@arunika/protocol'
import { sql, type RawBuilder } from 'kysely'
import { isPostgres } from '../store/dialect'
import { isOneOf, jsonRows } from '../store/json-rows'
import type { UserRow } from '../store/schema'
import type { Trx } from '../store/writer'
import { isLater } from './attributes'

/**
 * Of a person who has more emails, those are theirs that were seen last: the others' names, traits and profile ids are as good as
 * gone, and what a person costs is bounded. Events and sessions of all emails stay on the timeline.
 */
const MAX_EMAILS = 100

/** A user id or an email of a person. */
interface Member {
  key: string
  /** The person that it belongs to. */
  root: string
  profile_id: string | null
  first_at: number
  /** `null` of a user id. */
  last_at: number | null
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
  const { rows } = await sql<Member>`
    select root, key, profile_id, first_at, last_at from (${selectMembers(trx, appId, candidates)}) as own
  `.execute(trx)
  return rows
}

/** What is recorded of the members. */
async function attributesOf(trx: Trx, appId: string, candidates: string[]): Promise<AttributeRow[]> {
  // SQLite keeps the order of a cross join: members first, and never all the attributes of the app.
  const { rows } = await sql<AttributeRow>`
    select own.root, attributes.name, attributes.value, attributes.at, attributes.event_id
    from (${selectMembers(trx, appId, candidates)}) as own
    cross join attributes where attributes.app_id = ${appId} and attributes.key = own.key
  `.execute(trx)
  return rows
}

function selectMembers(trx: Trx, appId: string, candidates: string[]): RawBuilder<Member> {
  const asked = jsonRows(
    trx,
    { key: 'text' },
    candidates.map((key) => ({ key })),
  )
  const lastSeen = (columns: RawBuilder<unknown>) => sql`
    select ${columns} from identifiers
    where app_id = ${appId} and parent = asked.key and last_at is not null
    order by last_at desc, key desc limit ${sql.lit(MAX_EMAILS)}`
  // What each reads is bounded by an index and the limit; neither database does that for the other's words.
  const emails = isPostgres(trx)
    ? sql`cross join lateral (${lastSeen(sql`*`)}) as email`
    : sql`cross join identifiers as email on email.app_id = ${appId} and email.key in (${lastSeen(sql`key`)})`
  return sql`
    select key as root, key, profile_id, first_at, last_at from identifiers
    where app_id = ${appId} and parent is null and ${isOneOf(trx, 'key', candidates)}
    union all
    select asked.key as root, email.key, email.profile_id, email.first_at, email.last_at
    from (${asked}) as asked ${emails}`
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
  }
}

function isOlder(a: Member, b: Member): boolean {
  return a.first_at < b.first_at || (a.first_at === b.first_at && a.key < b.key)
}

function isLastSeen(a: Member, b: Member): boolean {
  const [at, other] = [a.last_at ?? 0, b.last_at ?? 0]
  return at > other || (at === other && a.key > b.key)
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
