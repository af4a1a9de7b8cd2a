import type { FastifyInstance } from 'fastify'
import { appInScope, callerOf } from '../admin/callers'
import { ProblemError } from '../errors/problem-error'
import { queryText } from '../http/query-text'
import type { Services } from '../services'
import { lastSeq } from './live-log'
import { streamTo } from './stream'

/** `GET /api/stream`: what happens in an app, as it happens. Refused before the upgrade, so that a client sees the problem. */
export function liveRoutes(app: FastifyInstance, services: Services): void {
  const { db, live } = services
  const scopes = new WeakMap<object, { appId: string; since: number }>()

  app.route({
    method: 'GET',
    url: '/api/stream',
    preValidation: async (request) => {
      const appId = await appInScope(services, await callerOf(services, request), queryText(request, 'appId'))
      const since = queryText(request, 'since')
      if (since !== undefined && !/^\d{1,15}$/.test(since)) {
        throw new ProblemError('invalid_query', 'since must be the seq of a message')
      }
      const last = await lastSeq(db, appId)
      // A number that was never given out comes from data that are gone: what there is now is all new to that reader.
      const start = since === undefined ? last : Number(since) > last ? 0 : Number(since)
      scopes.set(request, { appId, since: start })
    },
    handler: () => {
      throw new ProblemError('invalid_request', 'Connect with a WebSocket client', {
        headers: { upgrade: 'websocket' },
      })
    },
    wsHandler: (socket, request) => {
      const scope = scopes.get(request)
      if (scope === undefined) throw new TypeError('a stream was opened without its checks')
      streamTo(socket, { db, live, ...scope, onError: (error) => request.log.error(error) })
    },
  })
}
