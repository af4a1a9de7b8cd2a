const DEFAULT_TABLE = 'arunika_deliveries'
const TABLE_NAME = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)?$/

/**
 * The statement that makes the table of {@link sqlIdempotency}, where there is none yet.
 *
 * @param table - Its name. The default is `arunika_deliveries`.
 * @throws TypeError where the name is none.
 * @example
 * await pool.query(sqlIdempotencyTable())
 */
export function sqlIdempotencyTable(table: string = DEFAULT_TABLE): string {
  checkTable(table)
  return `CREATE TABLE IF NOT EXISTS ${table} (
  delivery text PRIMARY KEY,
  body_hash text NOT NULL,
  token text NOT NULL,
  state text NOT NULL,
  attempts integer NOT NULL,
  expires_ms bigint NOT NULL
)`
}

/** The statements of the store, for PostgreSQL and SQLite. */
export function sqlStatements(table: string = DEFAULT_TABLE) {
  checkTable(table)
  const free = "(kept.state = 'released' OR kept.expires_ms <= $5)"
  const ifFree = (column: string, value: string) =>
    `${column} = CASE WHEN ${free} THEN ${value} ELSE kept.${column} END`
  return {
    // One statement, since two could be parted by another process. Whose token is in the row afterwards has the claim.
    claim: `INSERT INTO ${table} AS kept (delivery, body_hash, token, state, attempts, expires_ms)
VALUES ($1, $2, $3, 'running', 1, $4)
ON CONFLICT (delivery) DO UPDATE SET ${[
      ifFree('body_hash', 'excluded.body_hash'),
      ifFree('token', 'excluded.token'),
      ifFree('state', 'excluded.state'),
      ifFree('attempts', "CASE WHEN kept.state = 'done' THEN 1 ELSE kept.attempts + 1 END"),
      ifFree('expires_ms', 'excluded.expires_ms'),
    ].join(', ')}
RETURNING token, state, body_hash, attempts`,
    commit: `INSERT INTO ${table} (delivery, body_hash, token, state, attempts, expires_ms)
VALUES ($1, $2, $3, 'done', 1, $4)
ON CONFLICT (delivery) DO UPDATE SET state = 'done', body_hash = excluded.body_hash, expires_ms = excluded.expires_ms`,
    release: `UPDATE ${table} SET state = 'released', expires_ms = $3
WHERE delivery = $1 AND token = $2 AND state = 'running'`,
    forget: `DELETE FROM ${table} WHERE expires_ms <= $1 AND (state <> 'running' OR expires_ms <= $2)`,
  }
}

/** It becomes part of the statements. */
function checkTable(table: string): void {
  if (typeof table === 'string' && TABLE_NAME.test(table)) return
  throw new TypeError('sqlIdempotency: table must be the name of a table, such as arunika_deliveries.')
}
