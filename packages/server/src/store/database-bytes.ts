import { sql } from 'kysely'
import { isPostgres } from './dialect'
import type { Db } from './open-database'

/** What the database takes on its disk, in bytes. */
export async function databaseBytes(db: Db): Promise<number> {
  const query = isPostgres(db)
    ? sql<{ bytes: number }>`select pg_database_size(current_database()) as bytes`
    : sql<{ bytes: number }>`select page_count * page_size as bytes from pragma_page_count, pragma_page_size`
  const { rows } = await query.execute(db)
  return rows[0]?.bytes ?? 0
}
