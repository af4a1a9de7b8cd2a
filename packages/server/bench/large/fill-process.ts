// Multiplies what a server has stored, right in its file and whatever its schema is, in a process of its own: it takes minutes, in
// which the benchmark must be able to end.
import Database from 'libsql'
import { answerApart } from '../apart'
import { copier, type Row } from './copies'

export interface FillOptions {
  /** The file. */
  database: string
  copies: number
}

/** Copies in one transaction. */
const COPIES_A_COMMIT = 50
/** These are of the server and not of its people. */
const NOT_COPIED = ['apps', 'api_keys']

await answerApart<FillOptions, { events: number }>(({ database, copies }) => {
  const file = new Database(database)
  const names = (sql: string, ...values: string[]) =>
    (file.prepare(sql).all(values) as { name: string }[]).map(({ name }) => name)
  // What is lost with the power is made again.
  file.pragma('journal_mode = memory')
  file.pragma('synchronous = off')
  file.pragma('cache_size = -1000000')

  const tables = names(`select name from sqlite_master where type = 'table'`).filter(
    (table) => !NOT_COPIED.includes(table) && columnsOf(table).includes('app_id'),
  )
  const indexes = file
    .prepare(`select name, tbl_name, sql from sqlite_master where type = 'index' and sql is not null`)
    .all([]) as { name: string; tbl_name: string; sql: string }[]
  // To sort an index once takes less than to insert into it millions of times.
  for (const { name } of indexes) file.exec(`drop index ${name}`)
  for (const table of tables) fill(table)
  for (const { sql } of indexes) file.exec(sql)
  if (columnsOf('apps').includes('last_seq')) {
    file.exec(
      'update apps set last_seq = (select coalesce(max(seq), 0) from live_log where live_log.app_id = apps.app_id)',
    )
  }
  const { events } = file.prepare('select count(*) as events from events').get() as { events: number }
  file.pragma('synchronous = full')
  file.pragma('journal_mode = wal')
  file.close()
  return Promise.resolve({ events })

  function columnsOf(table: string): string[] {
    return names('select name from pragma_table_info(?)', table)
  }

  function fill(table: string): void {
    const columns = columnsOf(table)
    // As an object that holds the columns alone: the driver adds a field of its own.
    const rows = (file.prepare(`select * from ${table}`).all([]) as Row[]).map((row) =>
      Object.fromEntries(columns.map((column) => [column, row[column] ?? null])),
    )
    const copyOf = copier(rows)
    const insert = file.prepare(
      `insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
    )
    file.exec('begin')
    file.exec(`delete from ${table}`)
    for (let copy = 0; copy < copies; copy++) {
      for (const row of copyOf(copy)) insert.run(columns.map((column) => row[column] ?? null))
      if (copy % COPIES_A_COMMIT === COPIES_A_COMMIT - 1) file.exec('commit; begin')
    }
    file.exec('commit')
  }
})
