import { Migrator, type Kysely } from 'kysely'
import { foundation } from './migrations/0001-foundation'
import type { Schema } from './schema'

/** Every change of the schema, in the order of its name. One that has shipped is never edited. */
const MIGRATIONS = { '0001-foundation': foundation }

/** Brings the schema up to date. @throws where a step fails; the steps before it stay done. */
export async function migrate(db: Kysely<Schema>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(MIGRATIONS) } })
  const { error } = await migrator.migrateToLatest()
  if (error)
    throw error instanceof Error ? error : new Error('The database could not be migrated', { cause: error })
}
