import { ROUTES, sign } from '@arunika/protocol'
import { getResponse } from 'msw'
import { beforeEach, describe, expect, it } from 'vitest'
import { createArunikaMock, type ArunikaMock } from './arunika-mock'

const NOW = Date.UTC(2026, 0, 31, 9, 30)
let arunika: ArunikaMock
beforeEach(() => {
  arunika = createArunikaMock({ endpoint: 'https://events.example.com/', now: () => NOW })
})

async function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const request = new Request(`https://events.example.com${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  })
  const response = await getResponse([...arunika.handlers], request)
  return response ?? expect.fail(`no handler for ${path}`)
}

const asServer = ({ appId, apiKey } = arunika) => ({ 'x-app-id': appId, 'x-api-key': apiKey })
const login = (who: object) => ({ eventType: 'login', identifier: who })
const logIn = (who: object, app = arunika) => post(ROUTES.serverEvents, login(who), asServer(app))

describe('what a test reads', () => {
  it('is empty at first', () => {
    expect([arunika.events(), arunika.users(), arunika.timeline('user-42')]).toEqual([[], [], []])
  })

  it('joins a page and a backend in one timeline', async () => {
    const { appId } = arunika
    const eventId = '019c1234-0000-7000-8000-000000000001'
    const events = [{ eventId, eventType: 'page_view', timestamp: '2026-01-31T09:00:00.000Z' }]
    await post(ROUTES.browserEvents, { appId, sessionId: 's_1', events })
    await post(ROUTES.profile, { appId, sessionId: 's_1', email: 'sari@example.com' })
    await logIn({ email: 'Sari@Example.com' })

    const [user] = arunika.users()
    expect(arunika.users()).toMatchObject([{ email: 'sari@example.com', userId: null }])
    for (const who of [
      { email: ' SARI@example.com' },
      { sessionId: 's_1' },
      { profileId: user?.profileId ?? '' },
    ]) {
      const timeline = arunika.timeline(who)
      expect(timeline.map((event) => event.eventType).sort()).toEqual([
        'login',
        'page_view',
        'user_identified',
      ])
      expect(timeline[0]).toMatchObject({ eventId, source: 'browser', profileId: user?.profileId })
    }
  })

  it('is a copy: changing it changes nothing', async () => {
    await logIn({ userId: 'user-42' })
    arunika.events()[0]!.eventType = 'changed'
    arunika.users()[0]!.traits['changed'] = true
    expect(arunika.events()).toMatchObject([{ eventType: 'login' }])
    expect(arunika.users()).toMatchObject([{ traits: {} }])
  })

  it('is of every app, or of the one that is named', async () => {
    const other = arunika.createApp()
    await logIn({ userId: 'user-1' })
    await post(ROUTES.serverEvents, login({ userId: 'user-2' }), asServer({ ...arunika, ...other }))
    expect(arunika.events()).toHaveLength(2)
    expect(arunika.users(other.appId)).toMatchObject([{ userId: 'user-2' }])
    expect(arunika.timeline('user-2')).toEqual([])
    expect(arunika.timeline('user-2', other.appId)).toHaveLength(1)
    expect(arunika.timeline('user-2', 'app_nobody')).toEqual([])
  })

  it('is forgotten by reset, while apps and keys stay', async () => {
    const other = arunika.createApp()
    await logIn({ userId: 'user-42' })
    arunika.failNext('network')
    arunika.reset()
    expect([arunika.events(), arunika.users()]).toEqual([[], []])
    expect((await logIn({ userId: 'user-42' })).status).toBe(200)
    expect((await logIn({ userId: 'user-42' }, { ...arunika, ...other })).status).toBe(200)
  })
})

describe('apps', () => {
  it('have the id and the key that they are given', async () => {
    const given = { appId: 'app_shop', apiKey: `sk_live_${'a'.repeat(43)}` }
    arunika = createArunikaMock({ endpoint: 'https://events.example.com', ...given })
    expect(arunika).toMatchObject(given)
    expect((await logIn({ userId: 'user-42' })).status).toBe(200)
  })

  it('can ask for signatures, which are verified', async () => {
    const app = arunika.createApp({ requireSignature: true })
    const body = login({ userId: 'user-42' })
    const credentials = asServer({ ...arunika, ...app })
    expect((await post(ROUTES.serverEvents, body, credentials)).status).toBe(401)

    const timestamp = NOW / 1000
    const bytes = new TextEncoder().encode(JSON.stringify(body))
    const signature = await sign({ apiKey: app.apiKey, timestamp, body: bytes })
    const signed = { 'x-webhook-timestamp': String(timestamp), 'x-webhook-signature': signature }
    expect((await post(ROUTES.serverEvents, body, { ...credentials, ...signed })).status).toBe(200)
  })

  it('are let in no more by a key that was revoked', async () => {
    arunika.revokeKey(arunika.apiKey)
    expect((await logIn({ userId: 'user-42' })).status).toBe(401)
  })
})

it('lists users newest first, and the other way where it is asked to', async () => {
  for (const day of ['01', '03', '02']) {
    const event = { ...login({ userId: `user-${day}` }), timestamp: `2026-01-${day}T00:00:00.000Z` }
    await post(ROUTES.serverEvents, event, asServer())
  }
  const listed = async (query: string) => {
    const request = new Request(`https://events.example.com/api/users${query}`, { headers: asServer() })
    const response = await getResponse([...arunika.handlers], request)
    const { items } = (await response?.json()) as { items: { userId: string }[] }
    return items.map(({ userId }) => userId)
  }
  expect(await listed('')).toEqual(['user-03', 'user-02', 'user-01'])
  expect(await listed('?order=asc')).toEqual(['user-01', 'user-02', 'user-03'])
})

describe('outages', () => {
  it('are the server’s own refusals', async () => {
    arunika.failNext({ code: 'unavailable', retryAfterSeconds: 30 }, 2)
    for (const userId of ['user-42', 'user-43']) {
      const response = await logIn({ userId })
      expect(response.status).toBe(503)
      expect(response.headers.get('retry-after')).toBe('30')
      expect(await response.json()).toMatchObject({ status: 503, code: 'unavailable' })
    }
    expect(arunika.events()).toEqual([])
    expect((await logIn({ userId: 'user-42' })).status).toBe(200)
  })

  it('are answers that are not Arunika’s, and no answers at all, in the order in which they were asked for', async () => {
    arunika.failNext({ status: 502 })
    arunika.failNext('network')
    expect((await logIn({ userId: 'user-42' })).status).toBe(502)
    expect((await logIn({ userId: 'user-42' })).type).toBe('error')
    expect(arunika.events()).toEqual([])
  })

  it('lose an answer whose events are stored', async () => {
    arunika.loseNextAnswer()
    expect((await logIn({ userId: 'user-42' })).type).toBe('error')
    expect(arunika.events()).toHaveLength(1)
    expect((await logIn({ userId: 'user-42' })).status).toBe(200)
  })

  it('befall no reading', async () => {
    arunika.failNext('network')
    const users = new Request('https://events.example.com/api/users', { headers: asServer() })
    expect((await getResponse([...arunika.handlers], users))?.status).toBe(200)
  })

  it('can be read by a page of another origin', async () => {
    arunika.failNext({ code: 'rate_limited', retryAfterSeconds: 1 })
    const response = await post(ROUTES.browserEvents, {}, { origin: 'https://shop.example' })
    expect(response.headers.get('access-control-allow-origin')).toBe('https://shop.example')
  })
})

it('throws where the endpoint is no URL', () => {
  expect(() => createArunikaMock({ endpoint: '/events' })).toThrow(TypeError)
})
