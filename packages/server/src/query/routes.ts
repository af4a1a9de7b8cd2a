import { Readable } from 'node:stream'
import {
  createUuidV7,
  isName,
  isObject,
  own,
  parseTimestamp,
  USER_STATUSES,
  type UserStatus,
} from '@arunika/protocol'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { appInScope, callerOf, mayRead } from '../admin/callers'
import { ProblemError } from '../errors/problem-error'
import { queryText } from '../http/query-text'
import { erasePerson } from '../identity/erase'
import { setStatus } from '../identity/status'
import { readJson } from '../ingest/body'
import type { Services } from '../services'
import { listActivities, listTimeline, type ActivityFilter } from './activities'
import { decodeCursor, parseLimit, type PageRequest } from './cursor'
import { exportActivities, FORMATS, type Format } from './export'
import { findUser, listUsers } from './users'

const uuid = createUuidV7()

/** Users, timelines and activities. */
export function queryRoutes(app: FastifyInstance, services: Services): void {
  const { db, writer, now } = services

  app.get('/api/users', async (request) => {
    const appId = await scope(request)
    const status = queryText(request, 'status')
    if (status !== undefined && !isStatus(status)) {
      throw new ProblemError('invalid_query', `status must be one of ${USER_STATUSES.join(', ')}`)
    }
    return listUsers(db, { appId, status, search: queryText(request, 'search') }, pageOf(request))
  })

  app.get('/api/users/:profileId', async (request) => (await personOf(request)).user)

  app.get('/api/users/:profileId/timeline', async (request) => {
    const person = await personOf(request)
    return listTimeline(db, person, pageOf(request))
  })

  app.patch('/api/users/:profileId', async (request) => {
    const person = await personOf(request)
    const body = await readJson(request)
    if (!isObject(body)) throw new ProblemError('not_an_object')
    const status = own(body, 'status')
    if (!isStatus(status)) {
      throw new ProblemError('invalid_request', `status must be one of ${USER_STATUSES.join(', ')}`)
    }
    const change = { at: now(), eventId: uuid(), status }
    await writer.write((trx) => setStatus(trx, person.appId, person.root, change))
    return (await personOf(request)).user
  })

  app.delete('/api/users/:profileId', async (request, reply) => {
    await erasePerson(writer, await personOf(request), now())
    return reply.code(204).send()
  })

  app.get('/api/activities', async (request) => {
    return listActivities(db, await scope(request), filterOf(request), pageOf(request))
  })

  app.get('/api/activities/export', async (request, reply) => {
    const appId = await scope(request)
    const format = queryText(request, 'format') ?? 'ndjson'
    if (!isFormat(format)) throw new ProblemError('invalid_query', 'format must be csv or ndjson')
    const order = orderOf(request)
    const lines = exportActivities(db, appId, filterOf(request), { format, order })
    return reply
      .type(FORMATS[format].type)
      .header('content-disposition', `attachment; filename="activities.${format}"`)
      .send(Readable.from(lines, { objectMode: false, highWaterMark: 1 }))
  })

  async function scope(request: FastifyRequest): Promise<string> {
    return appInScope(services, await callerOf(services, request), queryText(request, 'appId'))
  }

  /** Whose page it is. A person of another app is as if they did not exist. */
  async function personOf(request: FastifyRequest) {
    const caller = await callerOf(services, request)
    const { profileId } = request.params as { profileId: string }
    const person = isName(profileId) ? await findUser(db, profileId) : null
    if (person === null || !mayRead(caller, person.appId)) throw new ProblemError('not_found')
    return person
  }
}

function filterOf(request: FastifyRequest): ActivityFilter {
  return {
    userId: queryText(request, 'userId'),
    sessionId: queryText(request, 'sessionId'),
    type: queryText(request, 'type'),
    source: queryText(request, 'source'),
    from: timeOf(request, 'from'),
    to: timeOf(request, 'to'),
    search: queryText(request, 'search'),
  }
}

function isFormat(format: string): format is Format {
  return Object.hasOwn(FORMATS, format)
}

function pageOf(request: FastifyRequest): PageRequest {
  return {
    limit: parseLimit(queryText(request, 'limit')),
    cursor: decodeCursor(queryText(request, 'cursor')),
    order: orderOf(request),
  }
}

function orderOf(request: FastifyRequest): PageRequest['order'] {
  const order = queryText(request, 'order') ?? 'desc'
  if (order !== 'asc' && order !== 'desc')
    throw new ProblemError('invalid_query', 'order must be asc or desc')
  return order
}

function timeOf(request: FastifyRequest, name: string): number | undefined {
  const text = queryText(request, name)
  if (text === undefined) return undefined
  const ms = parseTimestamp(text)
  if (ms === null)
    throw new ProblemError('invalid_query', `${name} must be an ISO-8601 date-time with a time zone`)
  return ms
}

function isStatus(value: unknown): value is UserStatus {
  return USER_STATUSES.includes(value as UserStatus)
}
