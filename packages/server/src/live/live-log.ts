import type { StreamMessage } from '@arunika/protocol'
import { sql } from 'kysely'
import { findActivities } from '../query/activities'
import { findUser } from '../query/users'
import { jsonRows } from '../store/json-rows'
import type { Db } from '../store/open-database'
import { notifyOthers } from '../store/postgres-notices'
import type { Schema } from '../store/schema'
import { runAll } from '../store/sqlite-thread'
import type { Trx } from '../store/writer'

/** What the stream is to tell: what happened, and the id of the event or of the profile. */
export interface LogEntry {
  event: Schema['live_log']['event']
  ref: string
}

/** Messages in one row of the log at most. */
const MAX_REFS = 100

const COLUMNS = { upto: 'bigint', event: 'text', refs: 'text' } as const

/** Has the stream tell something, in this order and behind all that was told before. The app is to be locked by the transaction. */
export async function appendToLog(trx: Trx, appId: string, entries: LogEntry[]): Promise<void> {
  if (entries.length === 0) return
  const rows: { upto: number; event: LogEntry['event']; refs: string[] }[] = []
  for (const [index, { event, ref }] of entries.entries()) {
    const row = rows.at(-1)
    if (row?.event === event && row.refs.length < MAX_REFS) {
      row.refs.push(ref)
      row.upto = index + 1
    } else rows.push({ upto: index + 1, event, refs: [ref] })
  }
  const given = jsonRows(
    trx,
    COLUMNS,
    rows.map(({ refs, ...row }) => ({ ...row, refs: JSON.stringify(refs) })),
  )
  await runAll(trx, [
    trx
      .updateTable('apps')
      .set((eb) => ({ last_seq: eb('last_seq', '+', entries.length) }))
      .where('app_id', '=', appId)
      .compile(),
    sql`insert into live_log (app_id, seq, event, refs)
      select apps.app_id, apps.last_seq - ${sql.lit(entries.length)} + given.upto, given.event, given.refs
      from apps cross join (${given}) as given where apps.app_id = ${appId}`.compile(trx),
  ])
  await notifyOthers(trx)
}

/** The number of the last message of an app; `0` where there is none. */
export async function lastSeq(db: Db, appId: string): Promise<number> {
  const row = await db.selectFrom('apps').select('last_seq').where('app_id', '=', appId).executeTakeFirst()
  return row?.last_seq ?? 0
}

/**
 * The messages of an app after a number, oldest first. The log says what happened and to whom; the data are as they are now,
 * so that an activity carries the person that it has been linked to since.
 */
export async function readLog(
  db: Db,
  appId: string,
  since: number,
  limit: number,
): Promise<{ messages: StreamMessage[]; lastSeq: number }> {
  const rows = await db
    .selectFrom('live_log')
    .select(['seq', 'event', 'refs'])
    .where('app_id', '=', appId)
    .where('seq', '>', since)
    .orderBy('seq')
    .limit(limit)
    .execute()
  const entries = rows.flatMap(({ seq, event, refs }) => {
    const ids = JSON.parse(refs) as string[]
    return ids.map((ref, index) => ({ seq: seq - ids.length + 1 + index, event, ref }))
  })
  const next = entries.filter(({ seq }) => seq > since).slice(0, limit)
  const eventIds = next.filter(({ event }) => event === 'user_activity').map(({ ref }) => ref)
  const activities = await findActivities(db, appId, eventIds)
  const messages: StreamMessage[] = []
  for (const { seq, event, ref } of next) {
    if (event === 'user_activity') {
      const data = activities.get(ref)
      if (data) messages.push({ seq, event, data })
    } else {
      const found = await findUser(db, ref)
      if (found) messages.push({ seq, event, data: found.user })
    }
  }
  return { messages, lastSeq: next.at(-1)?.seq ?? since }
}
