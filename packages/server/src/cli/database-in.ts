import { join } from 'node:path'
import { isPostgresUrl } from '../store/postgres-url'

/** What `--data` and `--database` say. */
export interface DatabaseOptions {
  data: string
  database?: string
}

/**
 * The database that is meant: the PostgreSQL of a URL, else the file in the data folder.
 *
 * @throws Error where the URL is not one of PostgreSQL, so that nobody believes that their data are where they are not.
 */
export function databaseIn({ data, database }: DatabaseOptions): string {
  if (!database) return join(data, 'arunika.db')
  if (!isPostgresUrl(database)) {
    throw new Error(
      '--database (ARUNIKA_DATABASE_URL) must be a URL like postgres://user:password@host/name.',
    )
  }
  return database
}
