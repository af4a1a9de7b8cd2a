import { existsSync } from 'node:fs'
import type { Services } from '../services'
import { openDatabase } from '../store/open-database'
import { isPostgresUrl } from '../store/postgres-url'
import { Writer } from '../store/writer'
import { databaseIn, type DatabaseOptions } from './database-in'

/** What a command works with. */
export type CommandServices = Pick<Services, 'db' | 'writer' | 'now'>

/** Runs a command's work on the database that its options name, also while a server runs on it; makes one where there is none. */
export async function withDatabase(
  options: DatabaseOptions,
  work: (services: CommandServices) => Promise<void>,
): Promise<void> {
  const database = await openDatabase(databaseIn(options))
  try {
    const writer = new Writer(database.writing, () => undefined)
    await work({ db: database.reading, writer, now: Date.now })
  } finally {
    await database.close()
  }
}

/** As {@link withDatabase}, for what is of no use in a new one: a folder that is misspelt is told, and not made. */
export async function withExistingDatabase(
  options: DatabaseOptions,
  work: (services: CommandServices) => Promise<void>,
): Promise<void> {
  const database = databaseIn(options)
  if (!isPostgresUrl(database) && !existsSync(database)) {
    throw new Error(`There is no database ${database}: name its folder with --data (ARUNIKA_DATA).`)
  }
  await withDatabase(options, work)
}
