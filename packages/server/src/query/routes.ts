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
import { listActivities, listTimeline } from './activities'
import { decodeCursor, parseLimit, type PageRequest } from './cursor'
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
    const appId = await scope(request)
    const filter = {
      userId: queryText(request, 'userId'),
      sessionId: queryText(request, 'sessionId'),
      type: queryText(request, 'type'),
      source: queryText(request, 'source'),
      from: timeOf(request, 'from'),
      to: timeOf(request, 'to'),
      search: queryText(request, 'search'),
    }
    return listActivities(db, appId, filter, pageOf(request))
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

function pageOf(request: FastifyRequest): PageRequest {
  const order = queryText(request, 'order') ?? 'desc'
  if (order !== 'asc' && order !== 'desc')
    throw new ProblemError('invalid_query', 'order must be asc or desc')
  return {
    limit: parseLimit(queryText(request, 'limit')),
    cursor: decodeCursor(queryText(request, 'cursor')),
    order,
  }
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
