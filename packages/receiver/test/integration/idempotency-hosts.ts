import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type IdempotencyStore,
  type IdempotencyTimes,
  memoryIdempotency,
  redisIdempotency,
  type SqlClient,
  sqlIdempotency,
  sqlIdempotencyTable,
} from '@arunika/receiver'
import { CompiledQuery, Kysely, PostgresDialect } from 'kysely'
import Database from 'libsql'
import { Pool } from 'pg'
import { FakeRedis } from './fake-redis'
import { startPostgres } from '../../../../scripts/postgres'
import { findRedis, startRedis } from './redis'

/** Where stores keep what they know. */
export interface StoreHost {
  /** A store; each has a connection of its own, where the host has connections. */
  store(times?: IdempotencyTimes): IdempotencyStore
  /** Lets time go by. */
  advance(ms: number): Promise<void> | void
  stop(): Promise<void>
}

/** The stores of one database, whose clock is the test's. */
function sqlHost(connect: () => SqlClient, stop: () => Promise<void>): StoreHost {
  let elapsedMs = 0
  const now = () => Date.now() + elapsedMs
  return {
    store: (times = {}) => sqlIdempotency({ client: connect(), now, ...times }),
    advance: (ms) => void (elapsedMs += ms),
    stop,
  }
}

async function postgres(connectTo: (pool: Pool) => SqlClient): Promise<StoreHost> {
  const server = await startPostgres()
  const pools: Pool[] = []
  const connect = () => {
    const pool = new Pool({ connectionString: server.url, max: 5 })
    // Its idle connections end with the server.
    pool.on('error', () => undefined)
    pools.push(pool)
    return pool
  }
  await connect().query(sqlIdempotencyTable())
  return sqlHost(
    () => connectTo(connect()),
    async () => {
      await Promise.all(pools.map((pool) => pool.end()))
      await server.stop()
    },
  )
}

async function sqlite(): Promise<StoreHost> {
  const folder = await mkdtemp(join(tmpdir(), 'arunika-sqlite-'))
  const databases: Database.Database[] = []
  const connect = () => {
    const database = new Database(join(folder, 'webhooks.db'), { timeout: 5_000 })
    databases.push(database)
    return database
  }
  connect().exec(`PRAGMA journal_mode = WAL; ${sqlIdempotencyTable()}`)
  const clientOf = (database: Database.Database): SqlClient => ({
    query: (text, values) =>
      Promise.resolve({ rows: database.prepare(text.replaceAll('$', '?')).all(...values) }),
  })
  return sqlHost(
    () => clientOf(connect()),
    async () => {
      for (const database of databases) database.close()
      await rm(folder, { recursive: true, force: true })
    },
  )
}

function memory(): StoreHost {
  let elapsedMs = 0
  const now = () => Date.now() + elapsedMs
  const one = memoryIdempotency({ now, leaseSeconds: 10, ttlSeconds: 100 })
  return {
    store: () => one,
    advance: (ms) => void (elapsedMs += ms),
    stop: () => Promise.resolve(),
  }
}

function fakeRedis(): StoreHost {
  const redis = new FakeRedis()
  return {
    store: (times = {}) => redisIdempotency({ send: (command) => redis.send(command), ...times }),
    advance: (ms) => redis.advance(ms),
    stop: () => Promise.resolve(),
  }
}

async function realRedis(): Promise<StoreHost> {
  const redis = await startRedis()
  return {
    store: (times = {}) => redisIdempotency({ send: redis.connect(), ...times }),
    advance: (ms) => redis.advance(ms),
    stop: () => redis.stop(),
  }
}

/** Every store, on every database. */
export const storeHosts: { name: string; start: () => StoreHost | Promise<StoreHost> }[] = [
  { name: 'memory', start: memory },
  { name: 'PostgreSQL, by pg', start: () => postgres((pool) => pool) },
  {
    name: 'PostgreSQL, by Kysely',
    start: () =>
      postgres((pool) => {
        const database = new Kysely({ dialect: new PostgresDialect({ pool }) })
        return { query: (text, values) => database.executeQuery(CompiledQuery.raw(text, values)) }
      }),
  },
  { name: 'SQLite', start: sqlite },
  { name: 'a fake Redis', start: fakeRedis },
  ...(findRedis() === null ? [] : [{ name: 'Redis', start: realRedis }]),
]
