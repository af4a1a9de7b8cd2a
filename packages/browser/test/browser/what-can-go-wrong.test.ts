import { init, OptionsError, type Arunika } from '@arunika/browser'
import { ROUTES } from '@arunika/protocol'
import { expect, test } from 'vitest'
import { newAppId, record, scriptServer, start, told, typesIn, unavailable, unreachable, well } from './page'

test('a wrong option throws at once and says what to pass', () => {
  expect(() => init({ appId: newAppId(), endpoint: '/events' })).toThrow(OptionsError)
})

test('after 503 the events stay, and arrive when the server is back', async () => {
  const server = scriptServer()
  server.answer = unavailable
  const arunika = start()
  const all = record(arunika)
  arunika.logActivity('first')
  await expect(arunika.flush()).rejects.toMatchObject({
    name: 'DeliveryError',
    code: 'server_failed',
    status: 503,
  })
  arunika.logActivity('second')
  server.answer = well
  await arunika.flush()
  expect(server.requests.map(typesIn)).toEqual([['first'], ['first', 'second']])
  const [before, after] = server.requests.map(({ body }) => body.events[0]?.eventId)
  expect(after).toBe(before)
  expect(all).toMatchObject([
    { name: 'error', value: { code: 'server_failed' } },
    { name: 'delivered', value: { events: [{ eventType: 'first' }, { eventType: 'second' }] } },
  ])
})

test('a flush that nobody waits for is no unhandled rejection', async () => {
  scriptServer().answer = unreachable
  const arunika = start()
  const failed = told(arunika, 'error')
  arunika.logActivity('first')
  void arunika.flush()
  expect(await failed).toMatchObject({ code: 'network_failed' })
})

test('an event that the server refuses is told with its code, and its neighbours go on', async () => {
  const server = scriptServer()
  server.answer = ({ body }) =>
    Response.json({
      accepted: body.events.length - 1,
      duplicates: 0,
      rejected: [
        { index: 1, eventId: body.events[1]?.eventId, code: 'event_data_too_large', detail: 'too large' },
      ],
    })
  const arunika = start()
  const all = record(arunika)
  for (const type of ['good', 'bad', 'fine']) arunika.logActivity(type)
  await arunika.flush()
  expect(all).toMatchObject([
    { name: 'delivered', value: { events: [{ eventType: 'good' }, { eventType: 'fine' }] } },
    {
      name: 'rejected',
      value: { event: { eventType: 'bad' }, code: 'event_data_too_large', detail: 'too large' },
    },
  ])
})

test('metadata that JSON cannot hold is told at once', () => {
  const server = scriptServer()
  const arunika = start()
  const all = record(arunika)
  const cycle: { self?: object } = {}
  cycle.self = cycle
  arunika.logActivity('login', undefined, cycle)
  arunika.logActivity('login', undefined, { count: 1n })
  expect(all).toMatchObject([
    {
      name: 'rejected',
      value: { event: { eventType: 'login', eventData: cycle }, code: 'invalid_event_data' },
    },
    { name: 'rejected', value: { event: { eventType: 'login' }, code: 'invalid_event_data' } },
  ])
  expect(server.requests).toEqual([])
})

test('an identity that the server refuses resolves, and is told', async () => {
  const server = scriptServer()
  server.answer = () =>
    Response.json({ code: 'invalid_profile', detail: 'name is too long' }, { status: 400 })
  const arunika = start()
  const rejected = told(arunika, 'rejected')
  expect(await arunika.identify({ userId: 'u1', name: 'x' })).toEqual({ profileId: null, status: 'queued' })
  expect(await rejected).toMatchObject({
    event: { eventType: 'user_identified', eventData: { userId: 'u1' } },
    code: 'invalid_profile',
    detail: 'name is too long',
  })
})

test('an identity that names nobody is told at once, and leaves the session alone', async () => {
  const server = scriptServer()
  const arunika = start()
  const all = record(arunika)
  const { sessionId } = arunika
  await arunika.identify({})
  await arunika.identify({ email: 'ada' })
  await arunika.registerUser({ userId: '', email: 'ada@example.com' })
  expect(all.map(({ name }) => name)).toEqual(['rejected', 'rejected', 'rejected'])
  expect(all[2]?.value).toMatchObject({ event: { eventType: 'user_registered' }, code: 'invalid_profile' })
  expect(server.requests).toEqual([])
  expect(arunika.sessionId).toBe(sessionId)
})

test('without an answer in time identify is queued, and arrives when the server is back', async () => {
  const server = scriptServer()
  server.answer = unreachable
  const arunika = start({ identifyTimeoutMs: 20 })
  expect(await arunika.identify({ userId: 'u1' })).toEqual({ profileId: null, status: 'queued' })
  server.answer = well
  await arunika.flush()
  const tries = server.requests.filter(({ path }) => path === ROUTES.profile)
  expect(tries).toHaveLength(2)
  expect(tries[1]?.body['eventId']).toBe(tries[0]?.body['eventId'])
})

test('at the bound a new event is dropped, and those that wait stay', async () => {
  const server = scriptServer()
  const arunika = start({ maxWaitingEvents: 2 })
  const all = record(arunika)
  for (const type of ['first', 'second', 'third']) arunika.logActivity(type)
  expect(await arunika.identify({ userId: 'u1' })).toEqual({ profileId: null, status: 'queued' })
  expect(all).toMatchObject([
    { name: 'dropped', value: { event: { eventType: 'third' }, reason: 'outbox_full' } },
    { name: 'dropped', value: { event: { eventType: 'user_identified' }, reason: 'outbox_full' } },
  ])
  await arunika.flush()
  expect(server.requests.map(typesIn)).toEqual([['first', 'second']])
})

test('the bound of bytes holds as that of events does', () => {
  scriptServer()
  const arunika = start({ maxWaitingBytes: 4_096 })
  const all = record(arunika)
  arunika.logActivity('small')
  arunika.logActivity('large', undefined, { text: 'x'.repeat(4_096) })
  expect(all).toMatchObject([
    { name: 'dropped', value: { event: { eventType: 'large' }, reason: 'outbox_full' } },
  ])
})

test('after close an event is dropped and a flush says why', async () => {
  const server = scriptServer()
  const arunika = start()
  const all = record(arunika)
  arunika.logActivity('before')
  await arunika.close()
  arunika.logActivity('after')
  expect(await arunika.identify({ userId: 'u1' })).toEqual({ profileId: null, status: 'queued' })
  expect(all).toMatchObject([
    { name: 'dropped', value: { event: { eventType: 'after' }, reason: 'closed' } },
    { name: 'dropped', value: { event: { eventType: 'user_identified' }, reason: 'closed' } },
  ])
  await expect(arunika.flush()).rejects.toMatchObject({ code: 'closed' })
  expect(server.requests).toEqual([])
})

test('a listener that throws is told of, and the others hear the event all the same', async () => {
  scriptServer()
  const arunika = start()
  const error = told(arunika, 'error')
  arunika.on('delivered', () => {
    throw new Error('mine')
  })
  const delivered = told(arunika, 'delivered')
  arunika.logActivity('login')
  await arunika.flush()
  expect((await delivered).events).toHaveLength(1)
  expect(await error).toMatchObject({ code: 'listener_failed', cause: { message: 'mine' } })
})

test('no call throws, whatever it is given', async () => {
  const server = scriptServer()
  server.answer = ({ body, path }) =>
    path === ROUTES.profile
      ? Response.json({ code: 'invalid_profile', detail: '' }, { status: 400 })
      : Response.json({
          accepted: 0,
          duplicates: 0,
          rejected: body.events.map(({ eventId }, index) => ({
            index,
            eventId,
            code: 'invalid_event_type',
            detail: '',
          })),
        })
  const arunika = start()
  const all = record(arunika)
  const hostile: unknown[] = [
    undefined,
    null,
    0,
    Number.NaN,
    '',
    'text',
    [],
    {},
    Symbol('s'),
    () => 1,
    1n,
    new Proxy({}, {}),
  ]
  const calls = arunika as unknown as Record<keyof Arunika, (...given: unknown[]) => unknown>
  let made = 0
  for (const given of hostile) {
    calls.trackPageView(given)
    calls.logActivity(given, given, given)
    void calls.identify(given)
    void calls.identify({ userId: 'u1', traits: given })
    void calls.registerUser(given)
    made += 5
  }
  await arunika.flush()
  expect(all.filter(({ name }) => name === 'rejected')).toHaveLength(made)
})
