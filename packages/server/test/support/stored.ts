import { expect } from 'vitest'
import type { Load } from './load'
import { sql } from './sql'

/** The ids of all events in a database, each as often as it is there. */
export async function storedIds(database: string): Promise<string[]> {
  const rows = await sql(database, 'select event_id from events order by received_at, event_id')
  return rows.map((row) => (row as { event_id: string }).event_id)
}

/** The ids that a load has been told are stored, and that are not. */
export async function missingOf(database: string, load: Load): Promise<string[]> {
  const stored = new Set(await storedIds(database))
  return [...load.acknowledged].filter((id) => !stored.has(id))
}

/** Holds a database against itself: no page or index is damaged, no event is there twice, and the log tells of each event once. */
export async function expectSound(database: string): Promise<void> {
  if (/^postgres/.test(database)) {
    await sql(database, 'create extension if not exists amcheck')
    // Throws where an index does not hold what its table holds, or holds it twice.
    await sql(
      database,
      `select bt_index_check(index => c.oid, heapallindexed => true, checkunique => true)
       from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'public'`,
    )
    const damages = await sql(
      database,
      `select * from pg_class c join pg_namespace n on n.oid = c.relnamespace,
       lateral verify_heapam(c.oid) where n.nspname = 'public' and c.relkind = 'r'`,
    )
    expect(damages).toEqual([])
  } else {
    expect(await sql(database, 'pragma integrity_check')).toMatchObject([{ integrity_check: 'ok' }])
  }

  const ids = await storedIds(database)
  expect(new Set(ids).size).toBe(ids.length)
  const log = (await sql(database, 'select app_id, seq, event, refs from live_log order by app_id, seq')) as {
    app_id: string
    seq: number
    event: string
    refs: string
  }[]
  const told = log
    .filter(({ event }) => event === 'user_activity')
    .flatMap(({ refs }) => JSON.parse(refs) as string[])
  expect(told.sort()).toEqual(ids.sort())
  const last = new Map<string, number>()
  for (const { app_id, seq, refs } of log) {
    // A row holds as many messages as it has refs, and its number is that of the last.
    expect(seq - (last.get(app_id) ?? 0)).toBe((JSON.parse(refs) as string[]).length)
    last.set(app_id, seq)
  }
}
