import { checkOptions } from './check-options'
import { resolveTimes, type ClockedIdempotencyTimes } from './idempotency-options'
import type { ClaimOutcome, IdempotencyStore } from './idempotency-store'
import { sqlStatements } from './sql-statements'

/** What the store needs of a database. The `Pool` and the `Client` of `pg` are one as they are. */
export interface SqlClient {
  /**
   * Runs one statement, by itself or in a transaction.
   *
   * @param text - With `$1`, `$2`, … for the values.
   */
  query(text: string, values: unknown[]): Promise<{ rows: unknown[] }>
}

/** The options of {@link sqlIdempotency}. */
export interface SqlIdempotencyOptions extends ClockedIdempotencyTimes {
  client: SqlClient
  /**
   * The table, made by {@link sqlIdempotencyTable}; with its schema, where it is in another than the default.
   *
   * @defaultValue `'arunika_deliveries'`
   */
  table?: string
}

/** An idempotency store in a database. */
export interface SqlIdempotency extends IdempotencyStore {
  /**
   * Deletes what has expired: call it once in a while, such as daily. What a crashed handler left undone stays for
   * `ttlSeconds` after its lease, to be found.
   */
  forgetExpired(): Promise<void>
}

/**
 * Remembers deliveries in a table of PostgreSQL or SQLite (3.35 and later), shared by all processes. Each of claim, commit
 * and release is one statement. The times are of this process's clock.
 *
 * @throws TypeError where an option is missing, wrong or unknown.
 * @example
 * const pool = new Pool()
 * await pool.query(sqlIdempotencyTable())
 * createReceiver({ provider, idempotency: sqlIdempotency({ client: pool }) })
 */
export function sqlIdempotency(options: SqlIdempotencyOptions): SqlIdempotency {
  const owner = 'sqlIdempotency'
  checkOptions(owner, options, { client: true, table: true, ttlSeconds: true, leaseSeconds: true, now: true })
  const { client, table } = options
  if (typeof (client as Partial<SqlClient> | null | undefined)?.query !== 'function') {
    throw new TypeError(
      `${owner}: client must have \`query(text, values)\`, as a Pool of pg has; or write one around yours.`,
    )
  }
  const statements = sqlStatements(table)
  const { ttlMs, leaseMs, now } = resolveTimes(owner, options)

  function endings(key: string, bodyHash: string, token: string) {
    return {
      commit: async () => {
        await client.query(statements.commit, [key, bodyHash, token, Math.ceil(now() + ttlMs)])
      },
      release: async () => {
        await client.query(statements.release, [key, token, Math.ceil(now() + ttlMs)])
      },
    }
  }

  return {
    durable: true,
    async claim(key, bodyHash): Promise<ClaimOutcome> {
      const token = crypto.randomUUID()
      const nowMs = Math.floor(now())
      const { rows } = await client.query(statements.claim, [
        key,
        bodyHash,
        token,
        Math.ceil(nowMs + leaseMs),
        nowMs,
      ])
      const row = rows[0] as
        { token: string; state: string; body_hash: string; attempts: unknown } | undefined
      if (row === undefined) throw new Error(`${owner}: query gave no row, though the statement returns one.`)
      if (row.token === token) {
        const claim = { attempt: Number(row.attempts), leaseMs, ...endings(key, bodyHash, token) }
        return { state: 'claimed', claim }
      }
      if (row.body_hash !== bodyHash) return { state: 'conflict' }
      return { state: row.state === 'done' ? 'done' : 'running' }
    },
    async forgetExpired() {
      const nowMs = Math.floor(now())
      await client.query(statements.forget, [nowMs, Math.floor(nowMs - ttlMs)])
    },
  }
}
