import { isPostgres } from '../store/dialect'
import { isOneOf, jsonRows } from '../store/json-rows'
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
export async function insertEvents(trx: Trx, appId: string, rows: NewEvent[]): Promise<Set<string>> {
  const firsts = new Map<string, NewEvent>()
  for (const row of rows) if (!firsts.has(row.event_id)) firsts.set(row.event_id, row)
  if (firsts.size === 0) return new Set()
  const erased = await trx
    .selectFrom('erased_events')
    .select('event_id')
    .where('app_id', '=', appId)
    .where(isOneOf(trx, 'event_id', firsts.keys()))
    .execute()
  for (const { event_id } of erased) firsts.delete(event_id)
  return new Set(await insert(trx, [...firsts.values()]))
}

async function insert(trx: Trx, rows: NewEvent[]): Promise<string[]> {
  if (!isPostgres(trx)) {
    // An event has many columns, which SQLite takes faster as parameters than out of JSON.
    const isNew = await runEach(
      trx,
      `insert into events (${NAMES.join()}) values (${NAMES.map(() => '?').join()}) on conflict do nothing`,
      rows.map((row) => NAMES.map((name) => row[name])),
    )
    return rows.filter((_, index) => isNew[index]).map(({ event_id }) => event_id)
  }
  const inserted = await trx
    .insertInto('events')
    .columns(NAMES)
    .expression(jsonRows(trx, COLUMNS, rows))
    .onConflict((conflict) => conflict.columns(['app_id', 'event_id']).doNothing())
    .returning('event_id')
    .execute()
  return inserted.map(({ event_id }) => event_id)
}
