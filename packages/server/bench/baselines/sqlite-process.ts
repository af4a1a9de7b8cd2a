// What SQLite itself can: a prepared insert in a loop, each commit as durable as the server's.
import Database from 'libsql'
import { answerApart } from '../apart'
import { COLUMNS, TABLE, timeCommits, type Baseline, type BaselineOptions } from './rows'

await answerApart<BaselineOptions, Baseline>((options) => {
  const file = new Database(options.database)
  file.pragma('journal_mode = WAL')
  file.pragma('synchronous = FULL')
  for (const statement of TABLE) file.exec(statement)
  const insert = file.prepare(
    `insert into events (${COLUMNS.join(', ')}) values (${COLUMNS.map(() => '?').join(', ')})`,
  )
  return timeCommits(options, (rows) => {
    file.exec('begin immediate')
    for (const row of rows) insert.run(row)
    file.exec('commit')
  })
})
