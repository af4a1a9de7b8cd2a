import { isAppId, isName } from '@arunika/protocol'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { ProblemError } from '../errors/problem-error'
import { queryText } from '../http/query-text'
import { rawBody, readJson } from '../ingest/body'
import { decodeCursor, parseLimit } from '../query/cursor'
import type { Services } from '../services'
import { checkApiKeyRequest } from './api-key-request'
import { createApiKey, listApiKeys, revokeApiKey } from './api-keys'
import { checkAppPatch } from './app-patch'
import { checkAppRequest } from './app-request'
import { createApp, listApps, updateApp } from './apps'
import { callerOf, mayRead, requireOperator } from './callers'
import { listSuspiciousCalls } from './list-suspicious-calls'

/** Apps and their keys: an operator sees, makes and changes them, an app sees itself. */
export function adminRoutes(app: FastifyInstance, services: Services): void {
  const { db, writer } = services

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

  app.patch('/api/apps/:appId', async (request) => {
    await requireOperator(services, request)
    const { appId } = idsOf(request)
    return found(await updateApp(writer, appId, checkAppPatch(await readJson(request))))
  })

  app.get('/api/apps/:appId/keys', async (request) => {
    await requireOperator(services, request)
    return { items: found(await listApiKeys(db, idsOf(request).appId)), nextCursor: null }
  })

  app.post('/api/apps/:appId/keys', async (request, reply) => {
    await requireOperator(services, request)
    const { appId } = idsOf(request)
    const body = rawBody(request).length === 0 ? {} : await readJson(request)
    return reply.code(201).send(found(await createApiKey(services, appId, checkApiKeyRequest(body))))
  })

  app.delete('/api/apps/:appId/keys/:keyId', async (request, reply) => {
    await requireOperator(services, request)
    const { appId, keyId } = idsOf(request)
    if (!isName(keyId) || !(await revokeApiKey(services, appId, keyId))) throw new ProblemError('not_found')
    return reply.code(204).send()
  })

  app.get('/api/suspicious-calls', async (request) => {
    await requireOperator(services, request)
    return listSuspiciousCalls(db, queryText(request, 'appId'), {
      limit: parseLimit(queryText(request, 'limit')),
      cursor: decodeCursor(queryText(request, 'cursor')),
    })
  })
}

/** The ids in the path. @throws {@link ProblemError} `not_found` where the app's cannot be one */
function idsOf(request: FastifyRequest): { appId: string; keyId?: string } {
  const ids = request.params as { appId: string; keyId?: string }
  if (!isAppId(ids.appId)) throw new ProblemError('not_found')
  return ids
}

function found<Value>(value: Value | null): Value {
  if (value === null) throw new ProblemError('not_found')
  return value
}
