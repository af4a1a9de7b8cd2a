import { join } from 'node:path'

/**
 * The database file in a data folder.
 *
 * @throws Error where the environment names a database that this version does not know, so that nobody believes that their
 * data are where they are not.
 */
export function databaseIn(folder: string): string {
  if (process.env['ARUNIKA_DATABASE_URL']) {
    throw new Error(
      'ARUNIKA_DATABASE_URL is set, but this version keeps data in SQLite only: unset it, and use --data.',
    )
  }
  return join(folder, 'arunika.db')
}
