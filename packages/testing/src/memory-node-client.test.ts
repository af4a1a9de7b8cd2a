import { isUuidV7 } from '@arunika/protocol'
import { expect, it, vi } from 'vitest'
import { createMemoryNodeClient } from './memory-node-client'

it('keeps what was logged, in the form in which a server keeps it', () => {
  const arunika = createMemoryNodeClient()
  arunika.registerUser({ userId: 'user-42', email: 'Sari@Example.com', name: 'Sari' })
  arunika.logActivity({ sessionId: 's_1' }, 'paid', 'Paid an order', { orderId: 'A-7', gift: undefined })
  arunika.identify('user-42', { email: 'sari@example.com', traits: { plan: 'pro' } })

  const [registered, paid, identified] = arunika.events()
  expect(registered).toMatchObject({
    eventType: 'user_registered',
    identifier: { userId: 'user-42', email: 'sari@example.com' },
    eventData: { email: 'Sari@Example.com', name: 'Sari' },
  })
  expect(paid).toEqual({
    eventId: expect.any(String),
    timestamp: expect.any(String),
    eventType: 'paid',
    description: 'Paid an order',
    eventData: { orderId: 'A-7' },
    identifier: { sessionId: 's_1' },
  })
  expect(isUuidV7(paid?.eventId)).toBe(true)
  expect(identified).toMatchObject({ eventType: 'user_identified', eventData: { traits: { plan: 'pro' } } })
})

it('tells of what a server would refuse, and does not keep it', () => {
  const arunika = createMemoryNodeClient()
  const onRejected = vi.fn()
  const stop = arunika.on('rejected', onRejected)
  arunika.logActivity('', 'login')
  arunika.logActivity('user-42', 'login', undefined, { text: 'x'.repeat(40_000) })
  arunika.logActivity('user-42', 'login', undefined, { big: 1n })
  stop()
  arunika.logActivity({}, 'login')
  expect(onRejected.mock.calls.map(([{ code }]) => code as string)).toEqual([
    'invalid_identifier',
    'event_data_too_large',
    'invalid_event_data',
  ])
  expect(arunika.events()).toEqual([])
})

it('tells of each event once as delivered, when it is flushed or shut down', async () => {
  const arunika = createMemoryNodeClient()
  const delivered: string[][] = []
  arunika.on('delivered', ({ events }) => delivered.push(events.map((event) => event.eventType)))
  arunika.logActivity('user-42', 'a')
  await arunika.flush()
  await arunika.flush()
  arunika.logActivity('user-42', 'b')
  await arunika.shutdown({ timeoutMs: 1 })
  expect(delivered).toEqual([['a'], ['b']])
})

it('has the calls about one person, whom it asks for at each call', () => {
  const arunika = createMemoryNodeClient()
  const session: { userId?: string } = {}
  const visitor = arunika.forUser(() => ({ sessionId: 's_1', ...session }))
  visitor.logActivity('cart_opened')
  session.userId = 'user-42'
  visitor.identify({ email: 'sari@example.com' })
  visitor.registerUser({ userId: 'user-42', email: 'sari@example.com' })
  arunika.forUser('user-7').logActivity('login')
  expect(arunika.events().map(({ identifier }) => identifier)).toEqual([
    { sessionId: 's_1' },
    { sessionId: 's_1', userId: 'user-42', email: 'sari@example.com' },
    { sessionId: 's_1', userId: 'user-42', email: 'sari@example.com' },
    { userId: 'user-7' },
  ])
})

it('counts what became of its events', async () => {
  const arunika = createMemoryNodeClient()
  expect(arunika.logActivity('user-42', 'a')).toBe(true)
  arunika.logActivity('', 'b')
  expect(arunika.stats()).toEqual({
    waiting: 1,
    inFlight: 0,
    delivered: 0,
    rejected: 1,
    dropped: 0,
    oldestWaitingMs: 0,
  })
  await arunika.shutdown()
  arunika.logActivity('user-42', 'c')
  expect(arunika.stats()).toMatchObject({ waiting: 0, delivered: 1, dropped: 1, oldestWaitingMs: null })
})

it('drops what comes after it is shut down', async () => {
  const arunika = createMemoryNodeClient()
  const onDropped = vi.fn()
  arunika.on('dropped', onDropped)
  await arunika[Symbol.asyncDispose]()
  arunika.logActivity('user-42', 'login')
  expect(onDropped).toHaveBeenCalledWith({
    event: expect.objectContaining({ eventType: 'login' }),
    reason: 'closed',
  })
  expect(arunika.events()).toEqual([])
})

it('tells the app’s listeners what a test makes up', () => {
  const arunika = createMemoryNodeClient()
  const onError = vi.fn()
  arunika.on('error', onError)
  const error = Object.assign(new Error('no connection'), { code: 'network' })
  arunika.emit('error', error)
  expect(onError).toHaveBeenCalledWith(error)
})
