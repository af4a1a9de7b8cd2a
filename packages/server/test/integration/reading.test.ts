import { formatTimestamp, type Activity, type Page, type User } from '@arunika/protocol'
import { describe, expect, it } from 'vitest'
import { aServerEvent, anEvent } from '../support/events'
import { expectProblem } from '../support/problems'
import { readAll } from '../support/snapshot'
import { answerOf, json, read, startServer, type TestServer } from '../support/start-server'

const at = (second: number) => formatTimestamp(Date.parse('2026-01-01T00:00:00.000Z') + second * 1_000)

async function users(server: TestServer, query = ''): Promise<User[]> {
  return readAll<User>(server, `/api/users${query}`)
}

async function register(server: TestServer, userId: string, second: number, fields: object = {}) {
  const eventData = { email: `${userId}@example.com`, name: userId.toUpperCase(), ...fields }
  const event = { eventType: 'user_registered', timestamp: at(second), identifier: { userId }, eventData }
  await answerOf(server.sendAsServer([aServerEvent(event)]))
}

describe('users', () => {
  it('are read with what is known of them', async () => {
    const server = await startServer()
    await register(server, 'ada', 1, { subscriptionTier: 'pro', traits: { plan: 'yearly' }, city: 'Jakarta' })
    const [user] = await users(server)
    expect(user).toEqual({
      profileId: expect.stringMatching(/^prf_/),
      userId: 'ada',
      email: 'ada@example.com',
      name: 'ADA',
      subscriptionTier: 'pro',
      traits: { city: 'Jakarta', plan: 'yearly' },
      status: 'pending',
      registeredAt: at(1),
      lastActiveAt: at(1),
    })
    expect(await read(await server.asApp(`/api/users/${user?.profileId}`))).toEqual(user)
  })

  it('are active when any of their sessions is', async () => {
    const server = await startServer()
    await answerOf(
      server.sendAsServer([
        aServerEvent({ timestamp: at(1), identifier: { userId: 'ada', sessionId: 's1' } }),
      ]),
    )
    await answerOf(server.sendAsBrowser('s1', [anEvent({ timestamp: at(9) }), anEvent({ timestamp: at(5) })]))
    expect(await users(server)).toMatchObject([{ lastActiveAt: at(9) }])
  })

  it('are listed newest first, page by page, each once, also while more arrive', async () => {
    const server = await startServer()
    for (let n = 0; n < 9; n++) await register(server, `user_${n}`, n)
    const seen: (string | null)[] = []
    let cursor = ''
    for (let n = 0; n < 5; n++) {
      const page = await read<Page<User>>(await server.asApp(`/api/users?limit=2${cursor}`))
      seen.push(...page.items.map((user) => user.userId))
      await register(server, `new_${n}`, 100 + n)
      cursor = `&cursor=${page.nextCursor ?? ''}`
    }
    expect(seen).toEqual([8, 7, 6, 5, 4, 3, 2, 1, 0].map((n) => `user_${n}`))
  })

  it('are listed oldest first where that is asked for, page by page', async () => {
    const server = await startServer()
    for (const second of [3, 1, 4, 9, 2, 6, 5, 8, 7]) await register(server, `user_${second}`, second)
    const newestFirst = await users(server)
    expect(newestFirst.map((user) => user.userId)).toEqual(
      [9, 8, 7, 6, 5, 4, 3, 2, 1].map((n) => `user_${n}`),
    )
    expect(await users(server, '?order=asc')).toEqual(newestFirst.reverse())
    await expectProblem(server.asApp('/api/users?order=up'), 'invalid_query')
  })

  it('are found by part of a name, an email or a user id, % and _ and quotes as they are', async () => {
    const server = await startServer()
    await register(server, 'a_b', 1, { name: '100% "Kopi"' })
    await register(server, 'axb', 2, { name: "O'Brien" })
    const found = async (search: string) =>
      (await users(server, `?search=${encodeURIComponent(search)}`)).map((user) => user.userId)
    expect(await found('a_b')).toEqual(['a_b'])
    expect(await found('AXB@EXAMPLE')).toEqual(['axb'])
    expect(await found('%')).toEqual(['a_b'])
    expect(await found('"kopi"')).toEqual(['a_b'])
    expect(await found("'")).toEqual(['axb'])
    expect(await found('\\')).toEqual([])
  })

  it('are approved and suspended by their status, and found by it', async () => {
    const server = await startServer()
    await register(server, 'ada', 1)
    await register(server, 'bob', 2)
    const [bob] = await users(server, '?search=bob')
    const patch = (body: unknown) =>
      server.asApp(`/api/users/${bob?.profileId}`, { ...json(body), method: 'PATCH' })
    expect(await read(await patch({ status: 'active' }))).toMatchObject({ userId: 'bob', status: 'active' })
    expect(await users(server, '?status=active')).toMatchObject([{ userId: 'bob' }])
    expect(await users(server, '?status=pending')).toMatchObject([{ userId: 'ada' }])
    expect(await read(await patch({ status: 'suspended' }))).toMatchObject({ status: 'suspended' })
    await expectProblem(patch({ status: 'gone' }), 'invalid_request')
    await expectProblem(patch({}), 'invalid_request')
    await expectProblem(patch([]), 'not_an_object')
  })
})

describe('activities', () => {
  it('are one order of timestamp and then id in a timeline, of browser and server together', async () => {
    const server = await startServer()
    const viewed = anEvent({ timestamp: at(1) })
    const [first, second] = [aServerEvent({ timestamp: at(2) }), aServerEvent({ timestamp: at(2) })]
    const left = anEvent({ timestamp: at(3) })
    await answerOf(
      server.sendAsServer([{ ...second }, { ...first, identifier: { userId: 'user_1', sessionId: 's1' } }]),
    )
    await answerOf(server.sendAsBrowser('s1', [left, viewed]))
    const [user] = await users(server)
    const timeline = await readAll<Activity>(server, `/api/users/${user?.profileId}/timeline`)
    expect(timeline.map(({ eventId, source }) => [eventId, source])).toEqual([
      [left.eventId, 'browser'],
      [second.eventId, 'server'],
      [first.eventId, 'server'],
      [viewed.eventId, 'browser'],
    ])
    for (const activity of timeline) expect(activity.profileId).toBe(user?.profileId)
    const oldestFirst = await readAll<Activity>(server, `/api/users/${user?.profileId}/timeline?order=asc`)
    expect(oldestFirst).toEqual(timeline.reverse())
  })

  it('are narrowed by user, session, type, source, time and text', async () => {
    const server = await startServer()
    const events = [
      aServerEvent({ eventType: 'order_paid', timestamp: at(1), description: '100% paid' }),
      aServerEvent({ eventType: 'order_sent', timestamp: at(2), identifier: { userId: 'user_2' } }),
    ]
    await answerOf(server.sendAsServer(events))
    await answerOf(server.sendAsBrowser('s1', [anEvent({ timestamp: at(3), description: 'a_b' })]))
    const types = async (query: string) =>
      (await readAll<Activity>(server, `/api/activities?${query}`)).map(({ eventType }) => eventType)
    expect(await types('')).toEqual(['page_view', 'order_sent', 'order_paid'])
    expect(await types('userId=user_2')).toEqual(['order_sent'])
    expect(await types('userId=nobody')).toEqual([])
    expect(await types('sessionId=s1')).toEqual(['page_view'])
    expect(await types('type=order_paid')).toEqual(['order_paid'])
    expect(await types('source=server')).toEqual(['order_sent', 'order_paid'])
    expect(await types(`from=${at(2)}`)).toEqual(['page_view', 'order_sent'])
    expect(await types(`to=${at(2)}`)).toEqual(['order_paid'])
    expect(await types('search=ORDER_')).toEqual(['order_sent', 'order_paid'])
    expect(await types('search=%25')).toEqual(['order_paid'])
  })

  it('stay right page by page while more arrive', async () => {
    const server = await startServer()
    const old = Array.from({ length: 10 }, (_, n) => anEvent({ timestamp: at(n % 3) }))
    await answerOf(server.sendAsBrowser('s1', old))
    const seen: string[] = []
    let cursor = ''
    do {
      const page = await read<Page<Activity>>(await server.asApp(`/api/activities?limit=3${cursor}`))
      seen.push(...page.items.map(({ eventId }) => eventId))
      await answerOf(server.sendAsBrowser('s1', [anEvent({ timestamp: at(50) })]))
      cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`
    } while (cursor !== '')
    const order = (a: (typeof old)[number]) => `${a.timestamp} ${a.eventId}`
    expect(seen).toEqual(old.sort((a, b) => (order(a) < order(b) ? 1 : -1)).map(({ eventId }) => eventId))
  })
})

it.each([
  'limit=0',
  'limit=ten',
  'cursor=x',
  'order=up',
  'from=yesterday',
  'type=a&type=b',
  `search=${'x'.repeat(1_025)}`,
  'search=%00',
])('refuses the query %.30s', async (query) => {
  const server = await startServer()
  await expectProblem(server.asApp(`/api/activities?${query}`), 'invalid_query')
})

describe('tenants', () => {
  it('are told apart by their key, beside which no other app’s id may stand', async () => {
    const server = await startServer()
    const other = await server.server.createApp({ name: 'other' })
    const headers = { 'x-app-id': other.appId }
    await expectProblem(server.asApp('/api/users', { headers }), 'invalid_credentials')
    await expectProblem(server.asApp('/api/activities', { headers }), 'invalid_credentials')
  })

  it('see themselves alone: what is another app’s is not there', async () => {
    const server = await startServer()
    const other = await server.server.createApp({ name: 'other' })
    await register(server, 'ada', 1)
    const [ada] = await users(server)
    const asOther = (
      path: string,
      init: { headers?: Record<string, string>; method?: string; body?: string } = {},
    ) =>
      server.asApp(path, {
        ...init,
        headers: { ...init.headers, 'x-app-id': other.appId, 'x-api-key': other.apiKey },
      })
    const patch = { ...json({ status: 'active' }), method: 'PATCH' }
    await expectProblem(asOther(`/api/users/${ada?.profileId}`), 'not_found')
    await expectProblem(asOther(`/api/users/${ada?.profileId}/timeline`), 'not_found')
    await expectProblem(asOther(`/api/users/${ada?.profileId}`, patch), 'not_found')
    await expectProblem(asOther(`/api/users?appId=${server.appId}`), 'not_found')
    await expectProblem(asOther(`/api/activities?appId=${server.appId}`), 'not_found')
    expect(await read(await asOther('/api/users'))).toEqual({ items: [], nextCursor: null })
    expect(await read(await asOther('/api/activities'))).toEqual({ items: [], nextCursor: null })
    expect(await read(await asOther('/api/apps'))).toMatchObject({ items: [{ appId: other.appId }] })
    const theirs = aServerEvent({ identifier: { profileId: ada?.profileId ?? '' } })
    const answer = await asOther('/api/webhooks', {
      ...json({ events: [theirs] }),
      headers: { 'content-type': 'application/json', 'x-app-id': other.appId },
    })
    expect(await read(answer)).toMatchObject({ accepted: 0, rejected: [{ code: 'unknown_profile' }] })
  })
})

describe('an operator', () => {
  it('reads every app by its id, and makes apps', async () => {
    const server = await startServer()
    await register(server, 'ada', 1)
    const listed = await read<Page<User>>(await server.asOperator(`/api/users?appId=${server.appId}`))
    expect(listed.items).toHaveLength(1)
    const person = `/api/users/${listed.items[0]?.profileId}`
    expect(await read(await server.asOperator(person))).toEqual(listed.items[0])
    await expectProblem(server.asOperator('/api/users'), 'invalid_query')
    await expectProblem(server.asOperator('/api/activities?appId=app_none'), 'not_found')

    const made = await server.asOperator(
      '/api/apps',
      json({ name: 'new', allowedOrigins: ['https://a.example'] }),
    )
    expect(made.status).toBe(201)
    const { app, apiKey } = await read<{ app: { appId: string }; apiKey: string }>(made)
    const own = await read(await fetch(`${server.url}/api/apps`, { headers: { 'x-api-key': apiKey } }))
    expect(own).toEqual({ items: [app], nextCursor: null })
    expect(await read(await server.asOperator('/api/apps'))).toMatchObject({ items: [{}, {}] })
  })

  it.each([
    {},
    { name: '' },
    { name: 'a\0' },
    { name: 'x', allowedOrigins: ['shop'] },
    { name: 'x', requireSignature: 1 },
  ])('is refused a malformed app: %j', async (body) => {
    const server = await startServer()
    await expectProblem(server.asOperator('/api/apps', json(body)), 'invalid_request')
    await expect(server.server.createApp(body as { name: string })).rejects.toThrow(/must be/)
  })

  it('is nobody with a wrong token, and no app is one', async () => {
    const server = await startServer()
    for (const authorization of ['Bearer', 'Bearer ', 'Bearer x', `Basic ${server.operatorToken}`, 'x']) {
      await expectProblem(server.asApp('/api/users', { headers: { authorization } }), 'invalid_credentials')
    }
    await expectProblem(fetch(`${server.url}/api/users`), 'invalid_credentials')
    await expectProblem(server.asApp('/api/apps', json({ name: 'x' })), 'invalid_credentials')
  })
})

it.each(['prf_none', '%00', 'x'.repeat(300), '%F0%9F%8C%85'])('has nobody with the id %.20s', async (id) => {
  const server = await startServer()
  await expectProblem(server.asApp(`/api/users/${id}`), 'not_found')
  await expectProblem(server.asApp(`/api/users/${id}/timeline`), 'not_found')
})
