import { CompiledQuery, PostgresDialect, type Dialect } from 'kysely'
import { Pool, types } from 'pg'

/** Connections of one process: one writes, the others read. */
const MAX_CONNECTIONS = 10

/** How long to wait for a connection before a request is refused as unavailable, in milliseconds. */
const CONNECT_TIMEOUT_MS = 5_000

/** How long a process that has stopped answering may keep others from the rows that it has locked, in milliseconds. */
const IDLE_IN_TRANSACTION_MS = 30_000

const INT8 = types.builtins.INT8

/** A PostgreSQL, by its URL. */
export function postgresDialect(url: string): Dialect {
  const pool = new Pool({
    connectionString: url,
    application_name: 'arunika-server',
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    keepAlive: true,
    types: {
      // Every whole number here is a time or a count, well within what a number holds.
      getTypeParser: (oid, format) =>
        oid === INT8 && format !== 'binary' ? Number : (types.getTypeParser(oid, format) as never),
    },
  })
  // An idle connection was lost. The pool makes a new one for the next statement, which fails where that cannot be.
  pool.on('error', () => undefined)
  // One was lost between two statements of a transaction, while the pool does not listen: the next statement fails.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return new PostgresDialect({
    pool,
    async onCreateConnection(connection) {
      // A database may be set up to answer before it has flushed; what we acknowledge has to be on the disk.
      await connection.executeQuery(
        CompiledQuery.raw(
          `select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'`,
        ),
      )
    },
  })
}
