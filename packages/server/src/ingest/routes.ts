import {
  createUuidV7,
  emailKey,
  formatTimestamp,
  profileEvent,
  ROUTES,
  userKey,
  validateBrowserBatch,
  validateProfile,
  validateBareEvent,
  validateServerBody,
  type App,
  type IngestAnswer,
  type ProfileAnswer,
} from '@arunika/protocol'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ProblemError } from '../errors/problem-error'
import { userOfKey } from '../query/users'
import type { Services } from '../services'
import { appOfServer, checkActive, checkSignature } from './authenticate'
import { decodeBody, parseBody, rawBody, readJson, takeBytes } from './body'
import { allowReading, answerPreflight, checkOrigin } from './cors'
import { takeIn, type Origin } from './intake'
import { storeIntakes } from './store-intakes'

const uuid = createUuidV7()

type Batch = Parameters<typeof takeIn>[1]

/** The routes that the SDKs use: each answers after the commit, never before. */
export function ingestRoutes(app: FastifyInstance, services: Services): void {
  const { writer, suspicious, metrics } = services

  app.register((pages, _options, done) => {
    pageRoutes(pages)
    done()
  })

  app.post(ROUTES.serverEvents, { onRequest: identifyServer }, (request) =>
    ingestFromServer(request, validateServerBody),
  )
  app.post(ROUTES.serverEvent, { onRequest: identifyServer }, (request) =>
    ingestFromServer(request, validateBareEvent),
  )

  function pageRoutes(pages: FastifyInstance): void {
    takeBytes(pages, 'text/plain') // what a page sends across origins without a preflight
    pages.addHook('onRequest', allowPage)
    for (const url of [ROUTES.browserEvents, ROUTES.profile]) pages.options(url, answerPreflight)
    pages.post(ROUTES.browserEvents, ingestFromPage)
    pages.post(ROUTES.profile, identifyPage)
  }

  async function ingestFromPage(request: FastifyRequest): Promise<IngestAnswer> {
    const { receivedAt } = request
    const checked = validateBrowserBatch(await readJson(request))
    if (!checked.ok) throw new ProblemError(checked.code, checked.detail)
    const { appId, sessionId } = checked.value
    await checkPage(services, request, appId)
    return store(request, { appId, sessionId, source: 'browser', receivedAt }, checked.value)
  }

  async function identifyPage(request: FastifyRequest): Promise<ProfileAnswer> {
    const { receivedAt } = request
    const checked = validateProfile(await readJson(request))
    if (!checked.ok) throw new ProblemError(checked.code, checked.detail)
    const { appId, sessionId, sentAtMs, userId, email } = checked.value
    await checkPage(services, request, appId)
    const batch = {
      sentAtMs,
      rejected: [],
      events: [{ index: 0, event: await profileEvent(checked.value, receivedAt) }],
    }
    const key = userId === undefined ? emailKey(email ?? '') : userKey(userId)
    await store(request, { appId, sessionId, source: 'browser', receivedAt }, batch)
    const person = await userOfKey(services.db, appId, key)
    // The event is a duplicate of one that speaks of somebody else.
    if (person === null) throw new ProblemError('invalid_profile', 'eventId is the id of another event')
    return { profileId: person.user.profileId, status: person.user.status }
  }

  /** Stores what a request brings; it is answered after the commit. */
  async function store(request: FastifyRequest, origin: Origin, batch: Batch): Promise<IngestAnswer> {
    const intake = takeIn(origin, batch)
    const { answer, changed } = await writer.writeJointly(storeIntakes, intake, intake.events.length)
    metrics.countEvents(origin.source, answer)
    if (changed > 0) suspicious.record('the id of a stored event with another content', request)
    return answer
  }

  const apps = new WeakMap<FastifyRequest, App>()

  /** Turns a stranger away before the body is read. */
  async function identifyServer(request: FastifyRequest): Promise<void> {
    const app = await appOfServer(services.apps, request)
    apps.set(request, app)
    await services.limitApp(request, app.appId)
  }

  async function ingestFromServer(
    request: FastifyRequest,
    validate: typeof validateServerBody,
  ): Promise<IngestAnswer> {
    const { receivedAt } = request
    const app = apps.get(request)
    if (app === undefined) throw new ProblemError('invalid_credentials')
    const bytes = rawBody(request)
    await checkSignature(request, app, bytes, receivedAt)
    checkActive(app)
    const body = parseBody(await decodeBody(bytes, request.headers['content-encoding']))
    const checked = validate(body, { eventId: uuid(), timestamp: formatTimestamp(receivedAt) })
    if (!checked.ok) throw new ProblemError(checked.code, checked.detail)
    return store(request, { appId: app.appId, source: 'server', receivedAt }, checked.value)
  }
}

function allowPage(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  allowReading(request, reply)
  done()
}

async function checkPage(services: Services, request: FastifyRequest, appId: string): Promise<void> {
  const app = await services.apps.byId(appId)
  if (app === null) throw new ProblemError('unknown_app')
  await services.limitApp(request, appId)
  checkActive(app)
  checkOrigin(request, app)
}
