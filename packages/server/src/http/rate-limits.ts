import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { ProblemError } from '../errors/problem-error'
import { allowReading } from '../ingest/cors'

/** How many requests are taken in {@link WINDOW_MS}. */
export interface RateLimit {
  /** Of one address; of IPv6 its /64, which is one customer's. */
  perAddress: number
  /** Of one app, from wherever. */
  perApp: number
}

const WINDOW_MS = 10_000

/** More than one process serves: they keep a flood from filling the queue, and meet nobody else. */
export const DEFAULT_RATE_LIMIT: RateLimit = { perAddress: 30_000, perApp: 60_000 }

/** Addresses that are counted at the same time; the one that was silent longest is forgotten. */
const MAX_COUNTED = 10_000

/** Counts a request against its app. @throws {@link ProblemError} `rate_limited` */
export type LimitApp = (request: FastifyRequest, appId: string) => Promise<void>

/**
 * Refuses the requests of an address above its limit, before anything of them is read, and tells each how much is left
 * (https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-ratelimit-headers-07).
 *
 * @param limit - `false` counts nothing.
 */
export async function limitRates(app: FastifyInstance, limit: RateLimit | false): Promise<LimitApp> {
  if (limit === false) return () => Promise.resolve()
  await app.register(rateLimit, { global: false, timeWindow: WINDOW_MS, cache: MAX_COUNTED })
  const countAddress = app.createRateLimit({
    max: limit.perAddress,
    keyGenerator: ({ ip }) => `address ${ip}`,
    ipv6Subnet: 64,
  })
  const apps = new WeakMap<FastifyRequest, string>()
  const countApp = app.createRateLimit({
    max: limit.perApp,
    keyGenerator: (request) => `app ${apps.get(request) ?? ''}`,
  })

  app.addHook('onRequest', async (request, reply) => {
    const count = await countAddress(request)
    if (count.isAllowed) return
    reply.headers(headersOf(count))
    if (count.isExceeded) allowReading(request, reply) // a page has to know when to come back
    refuseAbove(count)
  })
  return async (request, appId) => {
    apps.set(request, appId)
    refuseAbove(await countApp(request))
  }
}

type Count = Awaited<ReturnType<ReturnType<FastifyInstance['createRateLimit']>>>

function refuseAbove(count: Count): void {
  if (count.isAllowed || !count.isExceeded) return
  const headers = { ...headersOf(count), 'retry-after': String(Math.max(count.ttlInSeconds, 1)) }
  throw new ProblemError('rate_limited', undefined, { headers })
}

function headersOf({
  max,
  remaining,
  ttlInSeconds,
}: Extract<Count, { isAllowed: false }>): Record<string, string> {
  return {
    'ratelimit-limit': String(max),
    'ratelimit-remaining': String(remaining),
    'ratelimit-reset': String(ttlInSeconds),
  }
}
