import {
  HEADERS,
  ROUTES,
  sign,
  type Activity,
  type Page,
  type ProfileAnswer,
  type User,
} from '@arunika/protocol'
import { expect } from 'vitest'
import { answerOf, type Answer } from './answer'
import { schemaFault } from './check-schema'
import type { Clock } from './clock'
import type { AppOptions, Credentials, Target } from './target'
import { OWN_ID_PREFIX, TranscriptWriter, type Transcript } from './transcript'

/** What a request holds beside its body. */
export interface RequestOptions {
  method?: string
  headers?: Record<string, string>
}

/** Fields of an event that a scenario makes. `at` moves it from now, in milliseconds. */
export interface EventFields {
  at?: number
  [field: string]: unknown
}

/** A scenario's view of a target: an app of its own, requests as the SDKs make them, and a record of every answer. */
export class World {
  readonly clock: Clock
  readonly app: Credentials
  readonly operatorToken: string
  readonly #target: Target
  readonly #writer = new TranscriptWriter()
  #ids = 0

  constructor(target: Target, clock: Clock, app: Credentials) {
    this.#target = target
    this.clock = clock
    this.app = app
    this.operatorToken = target.operatorToken
  }

  get transcript(): Transcript {
    return this.#writer.transcript
  }

  createApp(options: AppOptions = {}): Promise<Credentials> {
    return this.#target.createApp(options)
  }

  revokeKey(apiKey: string): Promise<void> {
    return this.#target.revokeKey(apiKey)
  }

  /** A UUIDv7 that is the same with every target. */
  newId(): string {
    this.#ids++
    return `${OWN_ID_PREFIX}0000-7000-8000-${String(this.#ids).padStart(12, '0')}`
  }

  /** An event of now, or one moved from it. */
  event(eventType: string, { at = 0, ...fields }: EventFields = {}): Record<string, unknown> {
    return { eventId: this.newId(), eventType, timestamp: this.clock.iso(at), ...fields }
  }

  /** Any request. A body that is not bytes goes as JSON. The answer is held against its schema. */
  async request(path: string, body?: unknown, { method, headers }: RequestOptions = {}): Promise<Answer> {
    const bytes = body === undefined || body instanceof Uint8Array ? body : json(body)
    const request = new Request(`${this.#target.endpoint}${path}`, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: { ...(bytes && { 'content-type': 'application/json' }), ...headers },
      ...(bytes && { body: new Uint8Array(bytes) }),
    })
    const answer = await answerOf(await this.#target.fetch(request))
    const [route = ''] = path.split('?') // the query holds ids of apps, which differ
    this.#writer.write(`${request.method} ${route}`, answer)
    expect(schemaFault(route, answer), `the answer to ${request.method} ${path}`).toBeNull()
    return answer
  }

  /** What a page sends. */
  fromPage(
    sessionId: string,
    events: unknown[],
    fields: Record<string, unknown> = {},
    options: RequestOptions = {},
  ): Promise<Answer> {
    const sentAt = this.clock.iso()
    const body = { appId: this.app.appId, sessionId, sentAt, events, ...fields }
    return this.request(ROUTES.browserEvents, body, options)
  }

  /** A page's session says who it is. */
  identify(sessionId: string, fields: Record<string, unknown>): Promise<Answer> {
    const now = this.clock.iso()
    const body = {
      appId: this.app.appId,
      sessionId,
      sentAt: now,
      timestamp: now,
      eventId: this.newId(),
      ...fields,
    }
    return this.request(ROUTES.profile, body)
  }

  /** The profile id that {@link World.identify} is answered with. */
  async profileOf(sessionId: string, fields: Record<string, unknown>): Promise<string> {
    return ((await this.identify(sessionId, fields)).body as ProfileAnswer).profileId
  }

  /** What a backend sends, unsigned. */
  fromServer(events: unknown[], fields: Record<string, unknown> = {}): Promise<Answer> {
    return this.request(ROUTES.serverEvents, { sentAt: this.clock.iso(), events, ...fields }, this.asServer())
  }

  /** The headers of a call with the app's key. */
  asServer({ appId, apiKey } = this.app): { headers: Record<string, string> } {
    return { headers: { [HEADERS.appId]: appId, [HEADERS.apiKey]: apiKey } }
  }

  /** The headers of a call that is signed over these bytes. */
  async asSigner(
    body: Uint8Array,
    app = this.app,
    offsetSeconds = 0,
  ): Promise<{ headers: Record<string, string> }> {
    const timestamp = Math.floor(this.clock.nowMs / 1000) + offsetSeconds
    const signature = await sign({ apiKey: app.apiKey, timestamp, body })
    const signed = { [HEADERS.timestamp]: String(timestamp), [HEADERS.signature]: signature }
    return { headers: { ...this.asServer(app).headers, ...signed } }
  }

  /** Reads with the app's key. */
  async read<Body>(path: string): Promise<Body> {
    const answer = await this.request(path, undefined, this.asServer())
    expect(answer.status).toBe(200)
    return answer.body as Body
  }

  /** Everybody of the app, newest first. */
  async users(): Promise<User[]> {
    return (await this.read<Page<User>>('/api/users')).items
  }

  /** The one person that the app knows. */
  async onlyUser(): Promise<User> {
    const [user, ...others] = await this.users()
    expect(others).toEqual([])
    if (user === undefined) throw new Error('the app knows nobody')
    return user
  }

  /** One person's events, oldest first. */
  async timeline(profileId: string): Promise<Activity[]> {
    return (await this.read<Page<Activity>>(`/api/users/${profileId}/timeline?order=asc`)).items
  }
}

/** The bytes of a value as JSON. */
export function json(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value))
}
