import type { App } from '@arunika/protocol'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { ProblemError } from '../errors/problem-error'

/** How long a browser may remember the answer to a preflight, in seconds. */
const PREFLIGHT_SECONDS = '86400'

/** Lets a page of another origin read the answer, refusals included: it needs them to know what to do with its events. */
export function allowReading(request: FastifyRequest, reply: FastifyReply): void {
  const { origin } = request.headers
  if (origin === undefined) return
  reply.header('access-control-allow-origin', origin)
  reply.header('vary', 'Origin')
  reply.header('access-control-expose-headers', 'Retry-After')
}

/** Answers a preflight: `application/json` needs one, the SDK's `text/plain` does not. */
export function answerPreflight(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  allowReading(request, reply)
  return reply
    .header('access-control-allow-methods', 'POST')
    .header('access-control-allow-headers', 'content-type')
    .header('access-control-max-age', PREFLIGHT_SECONDS)
    .code(204)
    .send()
}

/** @throws {@link ProblemError} `origin_not_allowed` where the app names its origins and this is none of them. */
export function checkOrigin(request: FastifyRequest, app: App): void {
  const { origin } = request.headers
  if (app.allowedOrigins === null || origin === undefined) return
  if (!app.allowedOrigins.includes(origin)) throw new ProblemError('origin_not_allowed')
}
