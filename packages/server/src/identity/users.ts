import { emailKey, isEmailKey, isSessionKey } from '@arunika/protocol'
import type { LogEntry } from '../live/live-log'
import { isOneOf, jsonRows } from '../store/json-rows'
import type { UserRow } from '../store/schema'
import type { Trx } from '../store/writer'
import { deriveUsers } from './derive-users'
import { rootsOf } from './roots'

/** What may have changed of people. */
export interface Changes {
  /** User ids and emails that are new, older than was known, or that an attribute was told of. */
  changed: Set<string>
  /** Emails that were seen later than before: of several emails of a person, the last one is shown. */
  seen: Set<string>
  /** Identifiers at either end of a link that has changed. */
  linked: Set<string>
}

/**
 * Brings the rows of `users` up to date, and gives what the stream is to tell: who is new or has changed. A row is derived from the
 * identifiers of the person and their attributes, and holds nothing of its own.
 */
export async function refreshUsers(
  trx: Trx,
  appId: string,
  { changed, seen, linked }: Changes,
): Promise<LogEntry[]> {
  const keys = new Set([...changed, ...seen, ...linked])
  if (keys.size === 0) return []
  const roots = await rootsOf(trx, appId, keys)
  const stale = new Set<string>()
  for (const key of [...changed, ...linked]) {
    const root = roots.get(key)
    if (root !== undefined) stale.add(root)
    if (linked.has(key) && !isSessionKey(key)) stale.add(key) // it may have been a root until now
  }
  for (const root of await withAnotherEmail(trx, appId, seen, roots)) stale.add(root)
  if (stale.size === 0) return []
  const relinked = new Set([...linked].map((key) => roots.get(key)))
  return deriveAgain(trx, appId, [...stale], relinked)
}

/** The people who are shown with another email than the one that was seen now. */
async function withAnotherEmail(
  trx: Trx,
  appId: string,
  seen: Set<string>,
  roots: Map<string, string>,
): Promise<string[]> {
  const owned = [...seen].flatMap((email) => {
    const root = roots.get(email)
    return root === undefined || isEmailKey(root) ? [] : [{ email, root }]
  })
  if (owned.length === 0) return []
  const rows = await trx
    .selectFrom('users')
    .select(['root', 'email'])
    .where('app_id', '=', appId)
    .where(isOneOf(trx, 'root', new Set(owned.map(({ root }) => root))))
    .execute()
  const shown = new Map(rows.map(({ root, email }) => [root, email === null ? null : emailKey(email)]))
  return owned.filter(({ email, root }) => shown.get(root) !== email).map(({ root }) => root)
}

async function deriveAgain(
  trx: Trx,
  appId: string,
  candidates: string[],
  relinked: Set<string | undefined>,
): Promise<LogEntry[]> {
  const before = await trx
    .selectFrom('users')
    .selectAll()
    .where('app_id', '=', appId)
    .where(isOneOf(trx, 'root', candidates))
    .execute()
  const users = await deriveUsers(trx, appId, candidates)
  const former = new Map(before.map((user) => [user.root, user]))
  await removeUsers(trx, appId, former, users)
  await saveUsers(
    trx,
    users.filter((user) => !isSame(former.get(user.root), user, DERIVED)),
  )

  const known = new Map(before.map((user) => [user.profile_id, user]))
  return users.flatMap((user): LogEntry[] => {
    const same = known.get(user.profile_id)
    if (!relinked.has(user.root) && isSame(same, user, TOLD)) return []
    return [{ event: same === undefined ? 'user_created' : 'user_updated', ref: user.profile_id }]
  })
}

/** Removes those who are nobody of their own any more. */
async function removeUsers(
  trx: Trx,
  appId: string,
  former: Map<string, UserRow>,
  users: UserRow[],
): Promise<void> {
  const roots = new Set(users.map(({ root }) => root))
  const gone = [...former.keys()].filter((root) => !roots.has(root))
  if (gone.length === 0) return
  await trx
    .deleteFrom('users')
    .where('app_id', '=', appId)
    .where(isOneOf(trx, 'root', gone))
    .execute()
}

async function saveUsers(trx: Trx, users: UserRow[]): Promise<void> {
  if (users.length === 0) return
  await trx
    .insertInto('users')
    .columns(Object.keys(COLUMNS) as (keyof typeof COLUMNS)[])
    .expression(jsonRows(trx, COLUMNS, users))
    .onConflict((conflict) =>
      conflict
        .columns(['app_id', 'root'])
        .doUpdateSet((eb) =>
          Object.fromEntries(DERIVED.map((column) => [column, eb.ref(`excluded.${column}`)])),
        ),
    )
    .execute()
}

function isSame(a: UserRow | undefined, b: UserRow, columns: readonly (keyof UserRow)[]): boolean {
  return a !== undefined && columns.every((column) => a[column] === b[column])
}

/** What the stream tells of. */
const TOLD = [
  'profile_id',
  'user_id',
  'email',
  'name',
  'subscription_tier',
  'traits',
  'status',
  'registered_at',
] as const

/** What of a row may change while its root stays. */
const DERIVED = [...TOLD, 'first_at'] as const

const COLUMNS = {
  app_id: 'text',
  root: 'text',
  profile_id: 'text',
  user_id: 'text',
  email: 'text',
  name: 'text',
  subscription_tier: 'text',
  traits: 'text',
  status: 'text',
  first_at: 'bigint',
  registered_at: 'bigint',
} as const
