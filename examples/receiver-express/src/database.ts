import { sqlIdempotencyTable, type SqlClient } from '@arunika/receiver'
import Database from 'libsql'

/** Opens the database of the shop, and makes its tables where there are none. */
export function openDatabase(path: string): Database.Database {
  const database = new Database(path)
  database.exec(`
    PRAGMA journal_mode = WAL;
    CREATE TABLE IF NOT EXISTS shipments (order_id text PRIMARY KEY, carrier text NOT NULL, event_id text NOT NULL);
    ${sqlIdempotencyTable()};
  `)
  return database
}

/** The database as the receiver asks it: SQLite has `?1` where PostgreSQL has `$1`. */
export function clientOf(database: Database.Database): SqlClient {
  return {
    query: (text, values) =>
      Promise.resolve({ rows: database.prepare(text.replaceAll('$', '?')).all(...values) }),
  }
}
