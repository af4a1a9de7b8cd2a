import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createMemoryBrowserClient } from './memory-browser-client'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('keeps what was logged, with its session', () => {
  const arunika = createMemoryBrowserClient()
  arunika.trackPageView({ layout: 'grid' })
  arunika.logActivity('added_to_cart', 'A lamp', { sku: 'lamp-3' })
  const { sessionId } = arunika
  expect(arunika.events()).toMatchObject([
    { eventType: 'page_view', eventData: { layout: 'grid' }, sessionId },
    { eventType: 'added_to_cart', description: 'A lamp', eventData: { sku: 'lamp-3' }, sessionId },
  ])
})

it('gives each person one profile id, and a new session to another person', async () => {
  const arunika = createMemoryBrowserClient()
  const first = arunika.sessionId
  const sari = await arunika.identify({ email: ' Sari@Example.com' })
  expect(sari).toEqual({ profileId: expect.stringMatching(/^prf_/), status: 'pending' })
  expect(await arunika.identify({ email: 'sari@example.com' })).toEqual(sari)
  expect(arunika.sessionId).toBe(first)

  expect(await arunika.identify({ userId: 'user-43' })).not.toEqual(sari)
  expect(arunika.sessionId).not.toBe(first)
  expect(arunika.events().map(({ eventData }) => eventData)).toEqual([
    { email: 'sari@example.com' },
    { email: 'sari@example.com' },
    { userId: 'user-43' },
  ])
})

it('puts a registration before the identity, in the person’s session', async () => {
  const arunika = createMemoryBrowserClient()
  await arunika.identify({ userId: 'user-41' })
  await arunika.registerUser({ userId: 'user-42', email: 'sari@example.com' })
  const { sessionId } = arunika
  expect(arunika.events().slice(1)).toMatchObject([
    { eventType: 'user_registered', sessionId },
    { eventType: 'user_identified', sessionId },
  ])
})

it('refuses an identity that names nobody, or that a server would refuse', async () => {
  const arunika = createMemoryBrowserClient()
  const codes: string[] = []
  arunika.on('rejected', ({ code }) => codes.push(code))
  for (const identity of [{}, { email: 'no address' }, { userId: '' }, { userId: 'u', name: '' }]) {
    expect(await arunika.identify(identity)).toEqual({ profileId: null, status: 'queued' })
  }
  expect(codes).toEqual(Array(4).fill('invalid_profile'))
  expect(arunika.events()).toEqual([])
})

it('starts a new session when it is reset, and when the old one has ended', () => {
  const arunika = createMemoryBrowserClient()
  const first = arunika.sessionId
  arunika.reset()
  const second = arunika.sessionId
  expect(second).not.toBe(first)
  vi.advanceTimersByTime(31 * 60_000)
  expect(arunika.sessionId).not.toBe(second)
})

it('drops what comes after it is closed, and tells of what it has when it is flushed', async () => {
  const arunika = createMemoryBrowserClient()
  const told: string[] = []
  arunika.on('delivered', ({ events }) => told.push(...events.map((event) => `delivered ${event.eventType}`)))
  arunika.on('dropped', ({ event, reason }) => told.push(`${reason} ${event.eventType}`))
  arunika.trackPageView()
  await arunika.flush()
  await arunika.close()
  arunika.logActivity('late')
  expect(await arunika.identify({ userId: 'user-42' })).toMatchObject({ status: 'queued' })
  expect(told).toEqual(['delivered page_view', 'closed late', 'closed user_identified'])
})

it('drops what comes after an opt-out, and takes again after an opt-in, in a new session', () => {
  const arunika = createMemoryBrowserClient()
  const { sessionId } = arunika
  const dropped: string[] = []
  arunika.on('dropped', ({ event, reason }) => dropped.push(`${event.eventType} ${reason}`))
  arunika.optOut()
  arunika.logActivity('read')
  expect(arunika.sessionId).toBe('')
  arunika.optIn()
  arunika.logActivity('bought')
  expect(dropped).toEqual(['read opted_out'])
  expect(arunika.events()).toMatchObject([{ eventType: 'bought' }])
  expect(arunika.sessionId).not.toBe(sessionId)
})
