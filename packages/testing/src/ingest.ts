import {
  createUuidV7,
  emailKey,
  formatTimestamp,
  profileEvent,
  userKey,
  validateBrowserBatch,
  validateProfile,
  validateBareEvent,
  validateServerBody,
  type Checked,
  type ErrorCode,
  type IngestAnswer,
  type ProfileAnswer,
} from '@arunika/protocol'
import { appOfPage, appOfServer, checkActive, checkSignature } from './callers'
import type { MockApps } from './mock-apps'
import { Refusal } from './refusal'
import { rawBody, readJson } from './request-body'

/** What the routes work with. */
export interface Services {
  apps: MockApps
  operatorToken: string
  /** Milliseconds since the epoch. */
  now: () => number
}

const uuid = createUuidV7()

/** `text/plain` is what a page sends across origins without a preflight. */
const FROM_PAGES = ['application/json', 'text/plain']

/** `POST /api/events` */
export async function ingestFromPage({ apps, now }: Services, request: Request): Promise<IngestAnswer> {
  const receivedAt = now()
  const batch = valueOf(validateBrowserBatch(await readJson(request, await rawBody(request, FROM_PAGES))))
  const app = appOfPage(apps, request, batch.appId)
  return app.store.store(batch, { source: 'browser', sessionId: batch.sessionId, receivedAt })
}

/** `POST /api/profile` */
export async function ingestProfile({ apps, now }: Services, request: Request): Promise<ProfileAnswer> {
  const receivedAt = now()
  const profile = valueOf(validateProfile(await readJson(request, await rawBody(request, FROM_PAGES))))
  const { appId, sessionId, sentAtMs, userId, email } = profile
  const { store } = appOfPage(apps, request, appId)
  const event = await profileEvent(profile, receivedAt)
  const batch = { sentAtMs, events: [{ index: 0, event }], rejected: [] }
  store.store(batch, { source: 'browser', sessionId, receivedAt })
  const person = store.personOf(userId === undefined ? emailKey(email ?? '') : userKey(userId))
  // The event is a duplicate of one that speaks of somebody else.
  if (person === null) throw new Refusal('invalid_profile', 'eventId is the id of another event')
  return { profileId: person.user.profileId, status: person.user.status }
}

/** `POST /api/webhooks`: a batch, or one bare event. */
export function ingestFromServer(services: Services, request: Request): Promise<IngestAnswer> {
  return ingest(services, request, validateServerBody)
}

/** `POST /api/webhooks/events`: one bare event. */
export function ingestBareEvent(services: Services, request: Request): Promise<IngestAnswer> {
  return ingest(services, request, validateBareEvent)
}

async function ingest(
  { apps, now }: Services,
  request: Request,
  validate: typeof validateServerBody,
): Promise<IngestAnswer> {
  const receivedAt = now()
  const app = appOfServer(apps, request)
  const body = await rawBody(request, ['application/json'])
  await checkSignature(request, app, body, receivedAt)
  checkActive(app)
  const made = { eventId: uuid(), timestamp: formatTimestamp(receivedAt) }
  return app.store.store(valueOf(validate(await readJson(request, body), made)), {
    source: 'server',
    receivedAt,
  })
}

function valueOf<Value>(checked: Checked<Value, ErrorCode>): Value {
  if (!checked.ok) throw new Refusal(checked.code, checked.detail)
  return checked.value
}
