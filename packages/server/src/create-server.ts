import type { AddressInfo } from 'node:net'
import type { AppRequest } from '@arunika/protocol'
import { checkAppRequest } from './admin/app-request'
import { createApp } from './admin/apps'
import { KnownApps } from './admin/known-apps'
import { checkOperatorToken, ensureOperator } from './admin/operators'
import { SuspiciousCalls } from './admin/suspicious-calls'
import { buildApp } from './app'
import { Metrics } from './http/metrics'
import { DEFAULT_RATE_LIMIT, type RateLimit } from './http/rate-limits'
import { LiveSignal } from './live/live-signal'
import { DatabaseError } from './errors/database-error'
import { ProblemError } from './errors/problem-error'
import { databaseBytes } from './store/database-bytes'
import { openDatabase, type Database } from './store/open-database'
import { withoutPassword } from './store/postgres-url'
import { isUnavailable } from './store/unavailable'
import { Writer } from './store/writer'

/** What {@link createServer} is made from. */
export interface ServerOptions {
  /** The path of an SQLite file, made where there is none; a `postgres://` URL; `:memory:`, which keeps nothing. */
  database: string
  /**
   * Registered as an operator's token, beside those that were registered before: at least 16 characters without spaces.
   *
   * @defaultValue a token is made at the first start and given as `operatorToken`
   */
  operatorToken?: string | undefined
  /**
   * How many requests are taken in 10 s, of one address and of one app; `false` limits nothing.
   *
   * @defaultValue 30,000 of an address, 60,000 of an app
   */
  rateLimit?: RateLimit | false
  /**
   * Whether a proxy in front of the server says by `X-Forwarded-For` whose a request is. Without one, anybody could say so.
   *
   * @defaultValue `false`
   */
  trustProxy?: boolean
  /** The clock, in milliseconds since the epoch. @defaultValue `Date.now` */
  now?: () => number
}

/** A server in this process. */
export interface ArunikaServer {
  /** The operator token that this start has made; `null` where there was one. It is not given again. */
  readonly operatorToken: string | null
  /**
   * Makes an app and its first API key. The key is not given again.
   *
   * @throws an error with code `invalid_request` where a field is malformed; the message names it.
   */
  createApp(app: AppRequest): Promise<{ appId: string; apiKey: string }>
  /** Starts to take requests; resolves with the URL. Port 0 takes a free one. */
  listen(options?: { port?: number; host?: string }): Promise<string>
  /**
   * Takes no new connections, answers the requests under way, and closes the database. What has not ended after 5 s is cut. To
   * call it again gives the same promise.
   */
  close(): Promise<void>
}

/**
 * Makes a server on a database; it takes requests after `listen`.
 *
 * @throws {@link DatabaseError} where the database cannot be opened.
 * @throws TypeError where `operatorToken` is too short or holds a space.
 * @example
 * const server = await createServer({ database: ':memory:' })
 * const { appId, apiKey } = await server.createApp({ name: 'shop' })
 * const url = await server.listen({ port: 0 })
 */
export async function createServer(options: ServerOptions): Promise<ArunikaServer> {
  if (options.operatorToken !== undefined) checkOperatorToken(options.operatorToken)
  const database = await openDatabase(options.database)
  try {
    return await serverOn(database, options)
  } catch (error) {
    await database.close()
    // What it is to read and write first could not be read or written.
    const isOurs = error instanceof ProblemError && error.code === 'unavailable'
    throw isOurs || isUnavailable(error)
      ? new DatabaseError(withoutPassword(options.database), isOurs ? (error.cause ?? error) : error)
      : error
  }
}

async function serverOn(database: Database, options: ServerOptions): Promise<ArunikaServer> {
  const { reading: db } = database
  const live = new LiveSignal()
  const apps = new KnownApps(database)
  const metrics = new Metrics()
  const writer = new Writer(database.writing, (seconds) => {
    metrics.observeCommit(seconds)
    apps.forget()
    live.wake()
  })
  const now = options.now ?? Date.now
  const operatorToken = await ensureOperator({ db, writer, now }, options.operatorToken)
  const suspicious = new SuspiciousCalls(writer, now, (error) => app.log.error(error))
  const { rateLimit = DEFAULT_RATE_LIMIT, trustProxy = false } = options
  const http = { rateLimit, trustProxy }
  const app = await buildApp({ db, apps, metrics, writer, live, suspicious, now }, http)

  database.onForeignCommit(
    () => live.wake(),
    (error) => app.log.error(error),
  )
  metrics.read({
    waiting: () => writer.waiting,
    streams: () => app.websocketServer.clients.size,
    databaseBytes: () => databaseBytes(db),
  })

  let closed: Promise<void> | undefined
  async function close(): Promise<void> {
    await app.close()
    await suspicious.idle()
    await writer.idle()
    await database.close()
  }

  return {
    operatorToken,
    async createApp(input) {
      const { app, apiKey } = await createApp({ writer, now }, checkAppRequest(input))
      return { appId: app.appId, apiKey }
    },
    async listen({ port = 4100, host = '127.0.0.1' } = {}) {
      await app.listen({ port, host })
      const address = app.server.address() as AddressInfo
      return `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`
    },
    close() {
      return (closed ??= close())
    },
  }
}
