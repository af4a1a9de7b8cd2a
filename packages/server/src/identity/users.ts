import { isSessionKey } from '@arunika/protocol'
import { inChunks } from '../store/in-chunks'
import type { UserRow } from '../store/schema'
import type { Trx } from '../store/writer'
import { deriveUsers } from './derive-users'
import { rootsOf } from './roots'

/**
 * Brings the rows of `users` up to date with the identifiers that were touched, and tells the stream of who is new or has
 * changed. A row is derived from the identifiers of the person and their attributes, and holds nothing of its own.
 *
 * @param keys.touched - Identifiers that an event named, each with the last time that it did.
 * @param keys.linked - Identifiers at either end of a link that has changed.
 */
export async function refreshUsers(
  trx: Trx,
  appId: string,
  { touched, linked }: { touched: Map<string, number>; linked: Set<string> },
): Promise<void> {
  const roots = await rootsOf(trx, appId, new Set([...touched.keys(), ...linked]))
  const relinked = new Set([...linked].map((key) => roots.get(key)))
  const stale = new Set<string>()
  for (const key of [...touched.keys(), ...linked]) {
    const root = roots.get(key)
    if (root !== undefined && (!isSessionKey(key) || relinked.has(root))) stale.add(root)
    if (linked.has(key) && !isSessionKey(key)) stale.add(key) // it may have been a root until now
  }
  if (stale.size > 0) await deriveAgain(trx, appId, [...stale], relinked)

  for (const [key, lastAt] of touched) {
    const root = roots.get(key)
    if (root === undefined || stale.has(root)) continue
    await keepActive(trx, appId, root, lastAt)
  }
}

async function deriveAgain(
  trx: Trx,
  appId: string,
  candidates: string[],
  relinked: Set<string | undefined>,
): Promise<void> {
  const before = await trx
    .selectFrom('users')
    .selectAll()
    .where('app_id', '=', appId)
    .where('root', 'in', candidates)
    .execute()
  const users = await deriveUsers(trx, appId, candidates)
  const roots = new Set(users.map((user) => user.root))
  const gone = before.map((user) => user.root).filter((root) => !roots.has(root))
  if (gone.length > 0) {
    await trx.deleteFrom('users').where('app_id', '=', appId).where('root', 'in', gone).execute()
  }
  await saveUsers(trx, users)

  const known = new Map(before.map((user) => [user.profile_id, user]))
  const log = users.flatMap((user) => {
    const former = known.get(user.profile_id)
    if (former !== undefined && !relinked.has(user.root) && isSamePerson(former, user)) return []
    const event = former === undefined ? ('user_created' as const) : ('user_updated' as const)
    return [{ app_id: appId, event, ref: user.profile_id }]
  })
  if (log.length > 0) await trx.insertInto('live_log').values(log).execute()
}

async function saveUsers(trx: Trx, users: UserRow[]): Promise<void> {
  await inChunks(users, (chunk) =>
    trx
      .insertInto('users')
      .values(chunk)
      .onConflict((conflict) =>
        conflict
          .columns(['app_id', 'root'])
          .doUpdateSet((eb) =>
            Object.fromEntries(DERIVED.map((column) => [column, eb.ref(`excluded.${column}`)])),
          ),
      )
      .execute(),
  )
}

/** A session alone changes nothing of a person but the time in which they were active. */
async function keepActive(trx: Trx, appId: string, root: string, lastAt: number): Promise<void> {
  await trx
    .updateTable('users')
    .set({ last_active_at: lastAt })
    .where('app_id', '=', appId)
    .where('root', '=', root)
    .where('last_active_at', '<', lastAt)
    .execute()
}

/** Whether nothing changed that the stream tells of: being active again is no change. */
function isSamePerson(a: UserRow, b: UserRow): boolean {
  return TOLD.every((column) => a[column] === b[column])
}

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
const DERIVED = [...TOLD, 'first_at', 'last_active_at'] as const
