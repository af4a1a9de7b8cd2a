import { PostgresAdapter, type Kysely } from 'kysely'

/** Whether statements go to PostgreSQL; else they go to SQLite. */
export function isPostgres(db: Pick<Kysely<never>, 'getExecutor'>): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter
}
