import { LIMITS } from '@arunika/protocol'
import fastify, { type FastifyInstance } from 'fastify'
import { adminRoutes } from './admin/routes'
import { ProblemError } from './errors/problem-error'
import { answerClientError } from './http/client-errors'
import { closeGracefully } from './http/graceful-close'
import { checkHeads } from './http/heads'
import { healthRoutes } from './http/health-routes'
import { watchMethods } from './http/method-not-allowed'
import { problemReplies, sendRefusal } from './http/problem-replies'
import { limitRates, type RateLimit } from './http/rate-limits'
import { noteReceivedAt } from './http/received-at'
import { ignoreUpgrades, UpgradableRequest } from './http/upgrades'
import { takeBytes } from './ingest/body'
import { ingestRoutes } from './ingest/routes'
import { liveRoutes } from './live/routes'
import { takeWebSockets } from './live/websockets'
import { queryRoutes } from './query/routes'
import type { Services } from './services'

/** What the application is told beside its services. */
export interface HttpOptions {
  /** `false` limits nothing. */
  rateLimit: RateLimit | false
  /** Whether a proxy in front says by `X-Forwarded-For` whose a request is. */
  trustProxy: boolean
}

/** A socket that has sent no complete request in this time is closed, in milliseconds. */
const REQUEST_TIMEOUT_MS = 30_000

/** Builds the HTTP application; it does not listen. */
export async function buildApp(
  given: Omit<Services, 'limitApp'>,
  { rateLimit, trustProxy }: HttpOptions,
): Promise<FastifyInstance> {
  const app = fastify({
    // A missing Host is refused by `checkHeads`.
    http: { IncomingMessage: UpgradableRequest, requireHostHeader: false },
    trustProxy,
    bodyLimit: LIMITS.maxBodyBytes,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: 'idle',
    // What arrives over an open connection while the server closes is still answered.
    return503OnClosing: false,
    // Failures of ours go to stderr; stdout is for what a person started the server to see.
    logger: { level: 'error', stream: process.stderr },
    clientErrorHandler: answerClientError,
    // Thrown before a route is known: by a URL that cannot be read, or an id longer than any.
    frameworkErrors: ({ code }, { raw }, reply) => {
      // No hook runs that would close the connection of a handshake, which HTTP has let go of.
      if (raw instanceof UpgradableRequest && raw.upgrade)
        reply.raw.once('finish', () => raw.socket.destroy())
      const isUnreadable = code === 'FST_ERR_BAD_URL'
      sendRefusal(
        reply,
        isUnreadable
          ? new ProblemError('invalid_request', 'The URL cannot be read')
          : new ProblemError('not_found'),
      )
    },
  })
  problemReplies(app, given)
  closeGracefully(app)
  noteReceivedAt(app, given.now)
  given.metrics.countRequests(app)
  ignoreUpgrades(app)
  const services: Services = { ...given, limitApp: await limitRates(app, rateLimit) }

  // Signatures are over the bytes as they came, so bodies stay bytes until they are checked.
  app.removeAllContentTypeParsers()
  takeBytes(app, 'application/json')

  await takeWebSockets(app)
  checkHeads(app) // behind what ends the connection of a handshake that is refused
  const refuseOtherMethods = watchMethods(app)
  await app.register((scope, _options, done) => {
    ingestRoutes(scope, services)
    queryRoutes(scope, services)
    adminRoutes(scope, services)
    liveRoutes(scope, services)
    healthRoutes(scope, services)
    done()
  })
  refuseOtherMethods(app)
  return app
}
