import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { SqliteDialect, type Dialect } from 'kysely'
import Database from 'libsql'
import { sqliteThread } from './sqlite-thread'

/** How long another process may hold the file before a write gives up, in milliseconds. */
const BUSY_TIMEOUT_MS = 5_000

/**
 * Pages (of 4 KiB) that are gathered beside the file before they are moved into it. Commits touch the same pages of the indexes
 * again and again: of SQLite's own 1,000, one large commit moves all.
 */
const WAL_PAGES = 8_000

/** Memory for pages of the file, in KiB, of each connection. */
const CACHE_KIB = 16_384

/** A commit that has returned is flushed to the disk. The timeout first, so that the others wait for who opens the file now. */
const PRAGMAS = [
  `busy_timeout = ${BUSY_TIMEOUT_MS}`,
  'journal_mode = WAL',
  'synchronous = FULL',
  `wal_autocheckpoint = ${WAL_PAGES}`,
  `cache_size = -${CACHE_KIB}`,
]

/** An SQLite file, made where there is none: a connection that writes, in a thread of its own, and one that reads, in this. */
export function sqliteFile(path: string): { writing: Dialect; reading: Dialect; version: () => unknown } {
  mkdirSync(dirname(path), { recursive: true })
  let dataVersion: Database.Statement | undefined
  return {
    writing: sqliteThread(path, PRAGMAS),
    reading: new SqliteDialect({
      database() {
        const file = open(path, [...PRAGMAS, 'query_only = on'])
        dataVersion = file.prepare('pragma data_version')
        return Promise.resolve(file)
      },
    }),
    version: () => (dataVersion?.get() as { data_version: number } | undefined)?.data_version,
  }
}

/** SQLite in memory, which is one connection's alone. */
export function sqliteInMemory(): Dialect {
  return sqliteThread(':memory:', PRAGMAS)
}

function open(path: string, pragmas: string[]): Database.Database {
  const file = new Database(path)
  try {
    for (const pragma of pragmas) file.pragma(pragma)
    return file
  } catch (error) {
    file.close()
    throw error
  }
}
