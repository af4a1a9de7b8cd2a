import { sql } from 'kysely'
import { isPostgres } from '../store/dialect'
import { jsonRows } from '../store/json-rows'
import { runEach } from '../store/sqlite-thread'
import type { NewEvent } from '../store/schema'
import type { Trx } from '../store/writer'

const COLUMNS = {
  app_id: 'text',
  event_id: 'text',
  event_type: 'text',
  timestamp: 'bigint',
  original_timestamp: 'bigint',
  received_at: 'bigint',
  source: 'text',
  owner_key: 'text',
  session_id: 'text',
  description: 'text',
  event_data: 'text',
  context: 'text',
  identifier: 'text',
} as const

const NAMES = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[]

/** Inserts the events of an app that are not stored and were not erased; gives their ids. */
export async function insertEvents(trx: Trx, rows: NewEvent[]): Promise<Set<string>> {
  const firsts = new Map<string, NewEvent>()
  for (const row of rows) if (!firsts.has(row.event_id)) firsts.set(row.event_id, row)
  if (firsts.size === 0) return new Set()
  return new Set(await insert(trx, [...firsts.values()]))
}

async function insert(trx: Trx, rows: NewEvent[]): Promise<string[]> {
  if (!isPostgres(trx)) {
    // An event has many columns, which SQLite takes faster as parameters than out of JSON.
    const isNew = await runEach(
      trx,
      `insert into events (${NAMES.join()}) select ${NAMES.map((_, index) => `?${index + 1}`).join()}
        where not exists (select 1 from erased_events where app_id = ?1 and event_id = ?2) on conflict do nothing`,
      rows.map((row) => NAMES.map((name) => row[name])),
    )
    return rows.filter((_, index) => isNew[index]).map(({ event_id }) => event_id)
  }
  const inserted = await trx
    .insertInto('events')
    .columns(NAMES)
    .expression(
      sql`select * from (${jsonRows(trx, COLUMNS, rows)}) as sent where not exists (
        select 1 from erased_events as erased
        where erased.app_id = sent.app_id and erased.event_id = sent.event_id)`,
    )
    .onConflict((conflict) => conflict.columns(['app_id', 'event_id']).doNothing())
    .returning('event_id')
    .execute()
  return inserted.map(({ event_id }) => event_id)
}
