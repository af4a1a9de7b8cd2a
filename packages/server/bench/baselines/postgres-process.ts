// What PostgreSQL itself can over one connection: inserts of many rows, a statement and a transaction each.
import pg from 'pg'
import { answerApart } from '../apart'
import { COLUMNS, TABLE, timeCommits, type Baseline, type BaselineOptions } from './rows'

await answerApart<BaselineOptions, Baseline>(async (options) => {
  const client = new pg.Client({ connectionString: options.database })
  await client.connect()
  for (const statement of TABLE) await client.query(statement)
  const result = await timeCommits(options, async (rows) => {
    await client.query(insertOf(rows.length), rows.flat())
  })
  await client.end()
  return result
})

function insertOf(rows: number): string {
  const places = (row: number) =>
    COLUMNS.map((_, column) => `$${row * COLUMNS.length + column + 1}`).join(', ')
  const values = Array.from({ length: rows }, (_, row) => `(${places(row)})`)
  return `insert into events (${COLUMNS.join(', ')}) values ${values.join(', ')}`
}
