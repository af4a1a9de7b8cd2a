import {
  parseTimestamp,
  USER_STATUSES,
  userKey,
  type Page,
  type User,
  type UserStatus,
} from '@arunika/protocol'
import type { AppStore, StoredEvent } from './app-store'
import { callerOf } from './callers'
import type { Services } from './ingest'
import type { MockApp } from './mock-apps'
import { pageOf, pageRequestOf } from './page-of'
import type { Person } from './people'
import { queryText, queryTime } from './query-text'
import { Refusal } from './refusal'

/** `GET /api/users` */
export function readUsers(services: Services, request: Request): Page<User> {
  const query = queryOf(request)
  const store = storeInScope(services, request, query)
  const status = queryText(query, 'status')
  if (status !== undefined && !USER_STATUSES.includes(status as UserStatus)) {
    throw new Refusal('invalid_query', `status must be one of ${USER_STATUSES.join(', ')}`)
  }
  const search = queryText(query, 'search')
  const found = store
    .people()
    .filter(({ user }) => status === undefined || user.status === status)
    .filter(({ user }) => search === undefined || anyHolds([user.email, user.name, user.userId], search))
    .sort((a, b) => a.firstAt - b.firstAt || (a.user.profileId < b.user.profileId ? -1 : 1))
    .map(({ user }) => user)
  return pageOf(found, pageRequestOf(query), (user) => user.profileId)
}

/** `GET /api/users/:profileId` */
export function readUser(services: Services, request: Request, profileId: string): User {
  return personOf(services, request, profileId).person.user
}

/** `GET /api/users/:profileId/timeline` */
export function readTimeline(services: Services, request: Request, profileId: string): Page<StoredEvent> {
  const { app, person } = personOf(services, request, profileId)
  return pageOf(app.store.events(person), pageRequestOf(queryOf(request)), eventIdOf)
}

/** `GET /api/activities` */
export function readActivities(services: Services, request: Request): Page<StoredEvent> {
  const query = queryOf(request)
  const store = storeInScope(services, request, query)
  const userId = queryText(query, 'userId')
  const person = userId === undefined ? undefined : store.personOf(userKey(userId))
  const [sessionId, type, source] = ['sessionId', 'type', 'source'].map((name) => queryText(query, name))
  const from = queryTime(query, 'from') ?? -Infinity
  const to = queryTime(query, 'to') ?? Infinity
  const search = queryText(query, 'search')
  const found = (person === null ? [] : store.events(person)).filter((event) => {
    const at = parseTimestamp(event.timestamp) ?? NaN
    return (
      (sessionId === undefined || event.sessionId === sessionId) &&
      (type === undefined || event.eventType === type) &&
      (source === undefined || event.source === source) &&
      at >= from &&
      at < to &&
      (search === undefined || anyHolds([event.eventType, event.description], search))
    )
  })
  return pageOf(found, pageRequestOf(query), eventIdOf)
}

function queryOf(request: Request): URLSearchParams {
  return new URL(request.url).searchParams
}

/** The store of the app that a caller asks about. Another app's is as if it did not exist. */
function storeInScope(services: Services, request: Request, query: URLSearchParams): AppStore {
  const caller = callerOf(services.apps, request, services.operatorToken)
  const appId = queryText(query, 'appId')
  if (caller.kind === 'app') {
    if (appId !== undefined && appId !== caller.app.appId) throw new Refusal('not_found')
    return caller.app.store
  }
  if (appId === undefined) throw new Refusal('invalid_query', 'appId is missing: name the app to read')
  const app = services.apps.find(appId)
  if (app === null) throw new Refusal('not_found')
  return app.store
}

/** Whose page it is. A person of another app is as if they did not exist. */
function personOf(services: Services, request: Request, profileId: string): { app: MockApp; person: Person } {
  const caller = callerOf(services.apps, request, services.operatorToken)
  for (const app of caller.kind === 'app' ? [caller.app] : services.apps.all()) {
    const person = app.store.personOfProfile(profileId)
    if (person !== null) return { app, person }
  }
  throw new Refusal('not_found')
}

function anyHolds(texts: (string | null | undefined)[], search: string): boolean {
  return texts.some((text) => text?.toLowerCase().includes(search.toLowerCase()))
}

function eventIdOf(event: StoredEvent): string {
  return event.eventId
}
