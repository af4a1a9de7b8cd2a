/**
 * Codes of SQLite for a file that cannot be written or read at present, whatever the statement: another process holds it, the
 * disk is full or fails, somebody has changed its permissions, it is damaged. https://www.sqlite.org/rescode.html
 */
const SQLITE = /^SQLITE_(BUSY|LOCKED|NOMEM|READONLY|IOERR|CORRUPT|FULL|CANTOPEN|PROTOCOL|NOTADB)/

/**
 * Classes of PostgreSQL's codes that say the same: no connection, a transaction that lost a race and may be tried again, resources,
 * an operator's intervention, a system error; 25006 is a server that only reads, as after a failover. https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const POSTGRES = /^((08|40|53|57|58)[0-9A-Z]{3}|25006)$/

/** Codes of Node for a connection that cannot be made or has ended. */
const NETWORK = /^(ECONN|EPIPE|ENOTFOUND|EAI_|ETIMEDOUT|EHOST|ENET)/

/** What `pg` says, without a code, of connections. */
const CONNECTION =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/

/** Whether a failure of the database is none of the statement's: the same may well succeed later. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return SQLITE.test(code) || POSTGRES.test(code) || NETWORK.test(code) || CONNECTION.test(error.message)
}
