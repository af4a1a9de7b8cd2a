import type { FastifyInstance } from 'fastify'

declare module 'fastify' {
  interface FastifyRequest {
    /** When the request began to arrive, in milliseconds since the epoch. */
    receivedAt: number
  }
}

/** Notes when each request began. By the time its body is there, a slow upload would look like a clock that is off. */
export function noteReceivedAt(app: FastifyInstance, now: () => number): void {
  app.decorateRequest('receivedAt', 0)
  app.addHook('onRequest', (request, _reply, done) => {
    request.receivedAt = now()
    done()
  })
}
