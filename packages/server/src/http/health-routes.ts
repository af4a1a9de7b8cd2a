import { openapi } from '@arunika/protocol/openapi'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { ProblemError } from '../errors/problem-error'
import type { Services } from '../services'

/** Whether the process lives, whether it can store, how it does, and what its routes are. */
export function healthRoutes(app: FastifyInstance, { writer, metrics }: Services): void {
  app.get('/healthz', () => ({ status: 'ok' }))

  app.get('/readyz', async () => {
    try {
      // Takes the write lock: a database that is lost, locked or not writable shows here.
      await writer.write((trx) => sql`select 1`.execute(trx))
    } catch (cause) {
      throw new ProblemError('unavailable', 'The database cannot be written', {
        headers: { 'retry-after': '5' },
        cause,
      })
    }
    return { status: 'ready' }
  })

  app.get('/metrics', async (_request, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  )

  app.get('/openapi.json', () => openapi)
}
