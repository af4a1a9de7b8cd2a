import { sql } from 'kysely'
import { isOneOf } from '../store/json-rows'
import { lockApps } from '../store/lock-apps'
import type { Trx, Writer } from '../store/writer'
import { keysOf, type Person } from './keys-of'
import { rootsOf } from './roots'

/** Events that one transaction erases: a long life must not keep others from storing theirs. */
const EVENTS_AT_A_TIME = 2_000

/**
 * Erases a person: their events, identifiers, claims, attributes and row. What stays is that somebody was erased, and the ids of
 * the events, so that none of them is stored again when it arrives once more. An event that comes later with one of the
 * identifiers starts afresh.
 *
 * The person goes with the last of the events: where this process ends in between, the same call goes on.
 */
export async function erasePerson(writer: Writer, person: Person, at: number): Promise<void> {
  const { appId } = person
  let events = 0
  let isDone = false
  while (!isDone) {
    const { erased, isLast } = await writer.write(async (trx) => {
      await lockApps(trx, [appId])
      // They may have become one with somebody since.
      const root = (await rootsOf(trx, appId, [person.root])).get(person.root) ?? person.root
      const erased = await eraseEvents(trx, { appId, root })
      const isLast = erased < EVENTS_AT_A_TIME
      if (isLast) await eraseIdentity(trx, { appId, root }, { at, events: events + erased })
      return { erased, isLast }
    })
    events += erased
    isDone = isLast
  }
}

async function eraseEvents(trx: Trx, person: Person): Promise<number> {
  const rows = await trx
    .selectFrom('events')
    .select('event_id')
    .where('app_id', '=', person.appId)
    .where(sql<boolean>`owner_key in (${keysOf(person)})`)
    .limit(EVENTS_AT_A_TIME)
    .execute()
  if (rows.length === 0) return 0
  const ids = rows.map(({ event_id }) => event_id)
  const erased = trx
    .selectFrom('events')
    .select(['app_id', 'event_id'])
    .where('app_id', '=', person.appId)
    .where(isOneOf(trx, 'event_id', ids))
  await trx.insertInto('erased_events').columns(['app_id', 'event_id']).expression(erased).execute()
  await trx
    .deleteFrom('events')
    .where('app_id', '=', person.appId)
    .where(isOneOf(trx, 'event_id', ids))
    .execute()
  return ids.length
}

async function eraseIdentity(
  trx: Trx,
  { appId, root }: Person,
  erasure: { at: number; events: number },
): Promise<void> {
  const rows = await sql<{ key: string }>`select key from (${keysOf({ appId, root })}) as own`.execute(trx)
  const keys = rows.rows.map(({ key }) => key)
  // Claims of others about these identifiers go too: what is said of them from now on starts afresh.
  for (const column of ['weak', 'strong', 'via'] as const) {
    await trx
      .deleteFrom('claims')
      .where('app_id', '=', appId)
      .where(isOneOf(trx, column, keys))
      .execute()
  }
  await trx
    .deleteFrom('attributes')
    .where('app_id', '=', appId)
    .where(isOneOf(trx, 'key', keys))
    .execute()
  await trx
    .deleteFrom('identifiers')
    .where('app_id', '=', appId)
    .where(isOneOf(trx, 'key', keys))
    .execute()
  await trx.deleteFrom('users').where('app_id', '=', appId).where('root', '=', root).execute()
  await trx
    .insertInto('erasures')
    .values({ app_id: appId, ...erasure })
    .execute()
}
