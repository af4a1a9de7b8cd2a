import { Kysely } from 'kysely'
import { DatabaseError } from '../errors/database-error'
import { migrate } from './migrate'
import { postgresDialect } from './postgres'
import { listenToOthers } from './postgres-notices'
import { isPostgresUrl, withoutPassword } from './postgres-url'
import type { Schema } from './schema'
import { sqliteFile, sqliteInMemory } from './sqlite'

export type Db = Kysely<Schema>

/** An open database. What one side has committed, the other reads. */
export interface Database {
  reading: Db
  /** For the writer alone. */
  writing: Db
  /** Calls back when another process has committed something that streams tell of, and when that cannot be heard. */
  onForeignCommit: (listener: () => void, onError: (error: unknown) => void) => void
  /** Another than before where another process may have committed since. */
  version: () => unknown
  close: () => Promise<void>
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
  if (isPostgresUrl(name)) return connectPostgres(name)
  if (name === ':memory:') {
    const db = new Kysely<Schema>({ dialect: sqliteInMemory() })
    return { reading: db, writing: db, ...ALONE, version: () => 0, close: () => db.destroy() }
  }
  const { version, ...dialects } = sqliteFile(name)
  const reading = new Kysely<Schema>({ dialect: dialects.reading })
  const writing = new Kysely<Schema>({ dialect: dialects.writing })
  async function close(): Promise<void> {
    await reading.destroy()
    await writing.destroy()
  }
  return { reading, writing, ...ALONE, version, close }
}

/** One server works on a file: other processes, the command line, commit nothing for streams. */
const ALONE = { onForeignCommit: () => undefined }

function connectPostgres(url: string): Database {
  const db = new Kysely<Schema>({ dialect: postgresDialect(url) })
  const endings: (() => Promise<void>)[] = [() => db.destroy()]
  return {
    reading: db,
    writing: db,
    onForeignCommit: (listener, onError) => endings.unshift(listenToOthers(url, listener, onError)),
    version: () => Math.floor(performance.now() / MAX_STALE_MS),
    async close() {
      for (const end of endings) await end()
    },
  }
}
