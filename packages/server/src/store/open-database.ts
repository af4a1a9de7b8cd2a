import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { Kysely, SqliteDialect, type Driver } from 'kysely'
import Database from 'libsql'
import { DatabaseError } from '../errors/database-error'
import { migrate } from './migrate'
import type { Schema } from './schema'

export type Db = Kysely<Schema>

/** How long another process may hold the file before a write gives up, in milliseconds. */
const BUSY_TIMEOUT_MS = 5_000

/**
 * Opens the database, made where there is none, with its schema up to date. WAL with `synchronous=FULL`: a commit that has
 * returned survives a kill of the process and the loss of power.
 *
 * @param database - The path of an SQLite file, or `:memory:`.
 * @throws {@link DatabaseError} where the file cannot be opened or is not a database.
 */
export async function openDatabase(database: string): Promise<Db> {
  try {
    if (database !== ':memory:') mkdirSync(dirname(database), { recursive: true })
    const file = new Database(database)
    try {
      // First, so that what follows waits for another process that opens the file at the same time.
      file.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`)
      file.pragma('journal_mode = WAL')
      file.pragma('synchronous = FULL')
      const db = new Kysely<Schema>({ dialect: new ImmediateSqliteDialect(file) })
      await migrate(db)
      return db
    } catch (error) {
      file.close()
      throw error
    }
  } catch (cause) {
    throw new DatabaseError(database, cause)
  }
}

/**
 * SQLite whose transactions take the write lock when they begin. One that begins with a read and writes later fails at once
 * where another process (the command line) has written in between, whatever the busy timeout.
 */
class ImmediateSqliteDialect extends SqliteDialect {
  readonly #file: Database.Database

  constructor(file: Database.Database) {
    super({ database: file })
    this.#file = file
  }

  override createDriver(): Driver {
    const driver = super.createDriver()
    driver.beginTransaction = () => {
      // Not a prepared statement: one that has failed to get the lock stays open, and then no commit succeeds any more.
      this.#file.exec('begin immediate')
      return Promise.resolve()
    }
    return driver
  }
}
