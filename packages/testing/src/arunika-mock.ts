import { emailKey, normalizeEmail, sessionKey, userKey, type Identifier, type User } from '@arunika/protocol'
import type { HttpHandler } from 'msw'
import { AppStore, byTime, type StoredEvent } from './app-store'
import { createHandlers } from './handlers'
import { MockApps, type AppCredentials, type MockAppOptions } from './mock-apps'
import { Outages, type Failure } from './outages'
import type { Person } from './people'

/** What {@link createArunikaMock} is given. */
export interface ArunikaMockOptions {
  /** The URL that the SDKs under test are given. @defaultValue `'http://127.0.0.1:4100'` */
  endpoint?: string | undefined
  /** The id of the app that is there from the start. @defaultValue `'app_test1'` */
  appId?: string | undefined
  /** Its key: `sk_test_` or `sk_live_` and 43 letters or digits. @defaultValue a key of zeros and a one */
  apiKey?: string | undefined
  /** Milliseconds since the epoch. @defaultValue `Date.now` */
  now?: (() => number) | undefined
}

/** An Arunika server for tests: msw handlers that answer as the server does, and a store that a test can read. */
export interface ArunikaMock {
  /** Give them to msw: `setupServer(...arunika.handlers)`. */
  readonly handlers: readonly HttpHandler[]
  /** The URL that the handlers answer at. */
  readonly endpoint: string
  /** The app that is there from the start, and its key. */
  readonly appId: string
  readonly apiKey: string
  /** Reads every app: `Authorization: Bearer …`. */
  readonly operatorToken: string
  /**
   * Adds an app: another tenant, or one with other rules.
   *
   * @example
   * const { appId, apiKey } = arunika.createApp({ requireSignature: true })
   */
  createApp(options?: MockAppOptions): AppCredentials
  /** Makes a key one that is not registered, as an operator does who revokes it. */
  revokeKey(apiKey: string): void
  /** The events that are stored, by `timestamp`, then by `eventId`; those of all apps where no app is named. */
  events(appId?: string): StoredEvent[]
  /** The people that are known, those that were seen first before the others; of all apps where none is named. */
  users(appId?: string): User[]
  /**
   * One person's events, in order; empty where nobody is known by the identifier.
   *
   * @param user - A userId, or an object with one of `profileId`, `userId`, `email` and `sessionId`.
   * @param appId - @defaultValue the app that is there from the start
   * @example
   * expect(arunika.timeline({ email: 'sari@example.com' }).map((event) => event.eventType)).toEqual(['page_view', 'login'])
   */
  timeline(user: string | Identifier, appId?: string): StoredEvent[]
  /**
   * Makes the next requests of an SDK fail before anything is stored.
   *
   * @param times - How many of them. @defaultValue 1
   * @example
   * arunika.failNext({ code: 'unavailable', retryAfterSeconds: 1 }, 2)
   */
  failNext(failure: Failure, times?: number): void
  /**
   * Stores the next requests of an SDK and then loses the answers, as a broken connection does: the SDK has to send the
   * same events again, and they must not be stored twice.
   *
   * @param times - How many of them. @defaultValue 1
   * @example
   * arunika.loseNextAnswer()
   */
  loseNextAnswer(times?: number): void
  /** Forgets events, people and outages; apps and keys stay. Call it after each test. */
  reset(): void
}

/**
 * Makes a mock of an Arunika server. Its answers are held against the real server's by one suite of scenarios.
 *
 * @throws TypeError where `endpoint` is no absolute URL.
 * @example
 * const arunika = createArunikaMock({ endpoint: 'https://events.example.com' })
 * const server = setupServer(...arunika.handlers) // from 'msw/node'
 * beforeAll(() => server.listen())
 * afterEach(() => arunika.reset())
 * afterAll(() => server.close())
 */
export function createArunikaMock(options: ArunikaMockOptions = {}): ArunikaMock {
  const endpoint = new URL(options.endpoint ?? 'http://127.0.0.1:4100').href.replace(/\/+$/, '')
  const apps = new MockApps()
  const first = apps.create({ appId: options.appId, apiKey: options.apiKey })
  const operatorToken = `op_${'0'.repeat(43)}`
  const outages = new Outages()
  const handlers = createHandlers(endpoint, { apps, operatorToken, now: options.now ?? Date.now }, outages)
  const named = (appId?: string) => apps.all().filter((app) => appId === undefined || app.appId === appId)

  return {
    handlers,
    endpoint,
    ...first,
    operatorToken,
    createApp: (app = {}) => apps.create(app),
    revokeKey: (apiKey) => apps.revoke(apiKey),
    events: (appId) =>
      named(appId)
        .flatMap((app) => app.store.events())
        .sort(byTime),
    users: (appId) =>
      named(appId)
        .flatMap((app) => app.store.people())
        .sort((a, b) => a.firstAt - b.firstAt)
        .map(({ user }) => structuredClone(user)),
    timeline(user, appId = first.appId) {
      const { store } = apps.find(appId) ?? { store: new AppStore() }
      const person = personBy(store, typeof user === 'string' ? { userId: user } : user)
      return person === null ? [] : store.events(person)
    },
    failNext: (failure, times = 1) => outages.fail(failure, times),
    loseNextAnswer: (times = 1) => outages.loseAnswers(times),
    reset() {
      outages.clear()
      for (const app of apps.all()) app.store = new AppStore()
    },
  }
}

/** The person of the strongest field that is given. */
function personBy(store: AppStore, { profileId, userId, email, sessionId }: Identifier): Person | null {
  if (profileId !== undefined) return store.personOfProfile(profileId)
  if (userId !== undefined) return store.personOf(userKey(userId))
  if (email !== undefined) return store.personOf(emailKey(normalizeEmail(email) ?? ''))
  return sessionId === undefined ? null : store.personOf(sessionKey(sessionId))
}
