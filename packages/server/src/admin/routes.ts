import type { FastifyInstance } from 'fastify'
import { readJson } from '../ingest/body'
import type { Services } from '../services'
import { checkAppRequest } from './app-request'
import { createApp, listApps } from './apps'
import { callerOf, mayRead, requireOperator } from './callers'

/** Apps: an operator sees and makes them, an app sees itself. */
export function adminRoutes(app: FastifyInstance, services: Services): void {
  const { db } = services

  app.get('/api/apps', async (request) => {
    const caller = await callerOf(services, request)
    const apps = await listApps(db)
    return { items: apps.filter((app) => mayRead(caller, app.appId)), nextCursor: null }
  })

  app.post('/api/apps', async (request, reply) => {
    await requireOperator(services, request)
    const created = await createApp(services, checkAppRequest(await readJson(request)))
    return reply.code(201).send(created)
  })
}
