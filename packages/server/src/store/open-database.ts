import { Kysely } from 'kysely'
import { DatabaseError } from '../errors/database-error'
import { migrate } from './migrate'
import { postgresDialect } from './postgres'
import { isPostgresUrl, withoutPassword } from './postgres-url'
import type { Schema } from './schema'
import { sqliteFile, sqliteInMemory } from './sqlite'

export type Db = Kysely<Schema>

/** An open database. What one side has committed, the other reads. */
export interface Database {
  reading: Db
  /** For the writer alone. */
  writing: Db
  /** Another than before where another process may have committed since. */
  version(): unknown
  close(): Promise<void>
}

/**
 * Opens a database with its schema up to date. A commit that has returned survives a kill of the process and the loss of power.
 *
 * @param name - The path of an SQLite file, made where there is none; `:memory:`; or a `postgres://` URL.
 * @throws {@link DatabaseError} where it cannot be opened or is not a database.
 */
export async function openDatabase(name: string): Promise<Database> {
  try {
    const database = connect(name)
    try {
      await migrate(database.writing)
      return database
    } catch (error) {
      await database.close()
      throw error
    }
  } catch (cause) {
    throw new DatabaseError(withoutPassword(name), cause)
  }
}

/** How long what another process has committed may go unnoticed on PostgreSQL, in milliseconds. */
const MAX_STALE_MS = 1_000

function connect(name: string): Database {
  if (isPostgresUrl(name) || name === ':memory:') {
    const [dialect, version] = isPostgresUrl(name)
      ? [postgresDialect(name), () => Math.floor(performance.now() / MAX_STALE_MS)]
      : [sqliteInMemory(), () => 0]
    const db = new Kysely<Schema>({ dialect })
    return { reading: db, writing: db, version, close: () => db.destroy() }
  }
  const dialects = sqliteFile(name)
  const reading = new Kysely<Schema>({ dialect: dialects.reading })
  const writing = new Kysely<Schema>({ dialect: dialects.writing })
  return {
    reading,
    writing,
    version: dialects.version,
    async close() {
      await reading.destroy()
      await writing.destroy()
    },
  }
}
