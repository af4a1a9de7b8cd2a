import { formatTimestamp, type JsonObject, type Page, type User, type UserStatus } from '@arunika/protocol'
import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../store/open-database'
import type { UserRow } from '../store/schema'
import type { Trx } from '../store/writer'
import { rootsOf } from '../identity/roots'
import { toPage, type PageRequest } from './cursor'
import { contains } from './search'

/** What a list of users can be narrowed by. */
export interface UserFilter {
  appId: string
  status?: UserStatus | undefined
  /** Part of an email, a name or a user id. */
  search?: string | undefined
}

/** A page of users, by when they were first seen. */
export async function listUsers(
  db: Db,
  filter: UserFilter,
  { limit, cursor, order }: PageRequest,
): Promise<Page<User>> {
  let query = selectUsers(db).where('app_id', '=', filter.appId)
  if (filter.status !== undefined) query = query.where('status', '=', filter.status)
  if (filter.search !== undefined) {
    const text = filter.search
    query = query.where((eb) =>
      eb.or((['email', 'name', 'user_id'] as const).map((column) => contains(eb.ref(column), text))),
    )
  }
  if (cursor !== null) {
    query = query.where((eb) =>
      eb(eb.refTuple('first_at', 'profile_id'), order === 'asc' ? '>' : '<', eb.tuple(cursor.at, cursor.id)),
    )
  }
  const rows = await query
    .orderBy('first_at', order)
    .orderBy('profile_id', order)
    .limit(limit + 1)
    .execute()
  return toPage(rows, limit, { item: toUser, cursor: (row) => ({ at: row.first_at, id: row.profile_id }) })
}

/** The user of a profile id, also of one that a merge has made an alias. */
export async function findUser(
  db: Db | Trx,
  profileId: string,
): Promise<{ appId: string; root: string; user: User } | null> {
  const identifier = await db
    .selectFrom('identifiers')
    .select(['app_id', 'key'])
    .where('profile_id', '=', profileId)
    .executeTakeFirst()
  return identifier ? userOfKey(db, identifier.app_id, identifier.key) : null
}

/** The user that an identifier belongs to. */
export async function userOfKey(
  db: Db | Trx,
  appId: string,
  key: string,
): Promise<{ appId: string; root: string; user: User } | null> {
  const root = (await rootsOf(db, appId, [key])).get(key)
  if (root === undefined) return null
  const row = await selectUsers(db).where('app_id', '=', appId).where('root', '=', root).executeTakeFirst()
  return row ? { appId, root, user: toUser(row) } : null
}

/** Users, with the time of the last event on their timeline: of each identifier the last entry in an index. */
function selectUsers(db: Db | Trx) {
  const last = (keys: RawBuilder<unknown>) => sql<number | null>`(
    select max((select max(timestamp) from events where app_id = own.app_id and owner_key = own.key))
    from identifiers as own where own.app_id = users.app_id and ${keys})`
  return db
    .selectFrom('users')
    .selectAll()
    .select([
      last(sql`own.key = users.root`).as('own_last_at'),
      last(sql`own.parent = users.root`).as('child_last_at'),
      last(
        sql`own.parent in (select key from identifiers as email
          where email.app_id = users.app_id and email.parent = users.root and email.last_at is not null)`,
      ).as('grandchild_last_at'),
    ])
}

type SelectedUser = UserRow & Record<'own_last_at' | 'child_last_at' | 'grandchild_last_at', number | null>

function toUser(row: SelectedUser): User {
  const times = [row.own_last_at, row.child_last_at, row.grandchild_last_at].filter((at) => at !== null)
  return {
    profileId: row.profile_id,
    userId: row.user_id,
    email: row.email,
    name: row.name,
    subscriptionTier: row.subscription_tier,
    traits: JSON.parse(row.traits) as JsonObject,
    status: row.status,
    registeredAt: row.registered_at === null ? null : formatTimestamp(row.registered_at),
    lastActiveAt: times.length > 0 ? formatTimestamp(Math.max(...times)) : null,
  }
}
