import { inspect } from 'node:util'
import { hostname } from 'node:os'
import { DeliveryError, ListenerError, OptionsError } from '@arunika/core'
import { isUuidV7 } from '@arunika/protocol'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { API_KEY, APP_ID } from '../test/support/credentials'
import { ingestFetch } from '../test/support/ingest-fetch'
import { Arunika } from './arunika'
import type { ArunikaOptions } from './options'
import type { ArunikaEvents } from './pipeline'
import type { User } from './user'

const NOW = Date.parse('2026-01-31T09:30:00.000Z')

function setUp(options: Partial<ArunikaOptions> = {}) {
  const { fetch, requests } = ingestFetch()
  const arunika = new Arunika({
    appId: APP_ID,
    apiKey: API_KEY,
    endpoint: 'http://localhost',
    fetch,
    ...options,
  })
  const delivered: ArunikaEvents['delivered'][] = []
  const rejected: ArunikaEvents['rejected'][] = []
  const dropped: ArunikaEvents['dropped'][] = []
  const errors: ArunikaEvents['error'][] = []
  arunika.on('delivered', (value) => delivered.push(value))
  arunika.on('rejected', (value) => rejected.push(value))
  arunika.on('dropped', (value) => dropped.push(value))
  arunika.on('error', (value) => errors.push(value))
  const sent = () => requests.flatMap(({ events }) => events)
  return { arunika, requests, sent, delivered, rejected, dropped, errors }
}

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ['Date', 'setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('the events of an Arunika client', () => {
  const context = { library: { name: '@arunika/node', version: '0.1.0' }, host: hostname() }

  it('are an activity with its user, type, description and metadata', async () => {
    const { arunika, sent } = setUp()
    arunika.logActivity('user-42', 'payment_processed', 'Paid an order', { orderId: 'A-7', amount: 19.9 })
    await arunika.flush()
    const [event] = sent()
    expect(event).toEqual({
      eventId: expect.toSatisfy(isUuidV7) as string,
      eventType: 'payment_processed',
      timestamp: '2026-01-31T09:30:00.000Z',
      description: 'Paid an order',
      eventData: { orderId: 'A-7', amount: 19.9 },
      context,
      identifier: { userId: 'user-42' },
    })
  })

  it('have no field for what was left out', async () => {
    const { arunika, sent } = setUp()
    arunika.logActivity({ sessionId: 's-1' }, 'login')
    await arunika.flush()
    expect(Object.keys(sent()[0]!).sort()).toEqual([
      'context',
      'eventId',
      'eventType',
      'identifier',
      'timestamp',
    ])
  })

  it('are a registration under the userId and the email', async () => {
    const { arunika, sent } = setUp()
    arunika.registerUser({
      userId: 'user-42',
      email: 'sari@example.com',
      name: 'Sari',
      subscriptionTier: 'pro',
      traits: { newsletter: true },
    })
    await arunika.flush()
    expect(sent()[0]).toMatchObject({
      eventType: 'user_registered',
      eventData: {
        email: 'sari@example.com',
        name: 'Sari',
        subscriptionTier: 'pro',
        traits: { newsletter: true },
      },
      identifier: { userId: 'user-42', email: 'sari@example.com' },
    })
    expect(sent()[0]!.eventData).not.toHaveProperty('userId')
  })

  it('are an identification under the user and the email', async () => {
    const { arunika, sent } = setUp()
    arunika.identify('user-42', { email: 'sari@example.com', name: 'Sari', traits: { city: 'Bandung' } })
    arunika.identify({ sessionId: 's-1' }, {})
    arunika.identify({ email: 'old@example.com' }, { email: 'new@example.com' })
    await arunika.flush()
    expect(sent()).toMatchObject([
      {
        eventType: 'user_identified',
        eventData: { email: 'sari@example.com', name: 'Sari', traits: { city: 'Bandung' } },
        identifier: { userId: 'user-42', email: 'sari@example.com' },
      },
      { eventData: {}, identifier: { sessionId: 's-1' } },
      { eventData: { email: 'new@example.com' }, identifier: { email: 'old@example.com' } },
    ])
  })

  it('are what the app passed at the time of the call', async () => {
    const { arunika, sent } = setUp()
    const metadata = { items: ['tea'] }
    arunika.logActivity('user-42', 'cart_updated', undefined, metadata)
    metadata.items.push('cups')
    await arunika.flush()
    expect(sent()[0]!.eventData).toEqual({ items: ['tea'] })
  })
})

describe('a batch', () => {
  it('leaves when flushAt events wait', async () => {
    const { arunika, requests } = setUp({ flushAt: 3 })
    const told = new Promise((resolve) => arunika.on('delivered', resolve))
    for (const type of ['a', 'b', 'c']) arunika.logActivity('user-42', type)
    await told
    expect(requests.map(({ events }) => events.map(({ eventType }) => eventType))).toEqual([['a', 'b', 'c']])
  })

  it('leaves when the first event has waited flushIntervalMs', async () => {
    const { arunika, requests } = setUp({ flushIntervalMs: 700 })
    const told = new Promise((resolve) => arunika.on('delivered', resolve))
    await arunika.flush() // the timer starts when the outbox is ready
    arunika.logActivity('user-42', 'login')
    await vi.advanceTimersByTimeAsync(699)
    expect(requests).toHaveLength(0)
    await vi.advanceTimersByTimeAsync(1)
    await told
    expect(requests).toHaveLength(1)
  })

  it('is told of by delivered, each event once', async () => {
    const { arunika, sent, delivered } = setUp()
    arunika.logActivity('user-42', 'login')
    arunika.logActivity('user-42', 'logout')
    await arunika.flush()
    expect(delivered).toEqual([{ events: sent() }])
  })
})

describe('an event that cannot be valid', () => {
  const cycle: Record<string, unknown> = {}
  cycle['self'] = cycle

  it.each([
    ['invalid_event_data', 'login', cycle],
    ['invalid_event_data', 'login', { size: 10n }],
    ['event_data_too_large', 'login', { text: 'x'.repeat(33_000) }],
    ['invalid_event_type', '', {}],
  ])('is rejected with %s', async (code, type, metadata) => {
    const { arunika, requests, rejected } = setUp()
    arunika.logActivity('user-42', type, undefined, metadata)
    expect(rejected).toEqual([
      {
        event: expect.objectContaining({ eventType: type, eventData: metadata }) as object,
        code,
        detail: expect.any(String) as string,
      },
    ])
    expect(isUuidV7(rejected[0]!.event.eventId)).toBe(true)
    await arunika.flush()
    expect(requests).toHaveLength(0)
  })

  it.each([
    ['missing_identifier', {}],
    ['invalid_identifier', ''],
    ['invalid_identifier', { email: 'nobody' }],
  ])('is rejected with %s where its user is %j', (code, user) => {
    const { arunika, rejected } = setUp()
    arunika.logActivity(user, 'login')
    expect(rejected).toMatchObject([{ code }])
  })
})

describe('the bounds', () => {
  it('drop the event that is one too many', () => {
    const { arunika, dropped } = setUp({ maxWaitingEvents: 2, flushAt: 100 })
    for (const type of ['a', 'b', 'c']) arunika.logActivity('user-42', type)
    expect(dropped).toMatchObject([{ event: { eventType: 'c' }, reason: 'outbox_full' }])
  })

  it('drop the event whose bytes are too many', () => {
    const { arunika, dropped } = setUp({ maxWaitingBytes: 1_000, flushAt: 100 })
    arunika.logActivity('user-42', 'small')
    arunika.logActivity('user-42', 'large', 'x'.repeat(1_000))
    expect(dropped).toMatchObject([{ event: { eventType: 'large' }, reason: 'outbox_full' }])
  })

  it('take events again when the server has those that waited', async () => {
    const { arunika, dropped, sent } = setUp({ maxWaitingEvents: 1, flushAt: 100 })
    arunika.logActivity('user-42', 'a')
    await arunika.flush()
    arunika.logActivity('user-42', 'b')
    await arunika.flush()
    expect(dropped).toEqual([])
    expect(sent().map(({ eventType }) => eventType)).toEqual(['a', 'b'])
  })
})

describe('misuse', () => {
  const arunika = () => setUp().arunika

  it.each<[string, () => void]>([
    ['type', () => arunika().logActivity('user-42', 42 as unknown as string)],
    ['description', () => arunika().logActivity('user-42', 'login', 42 as unknown as string)],
    ['metadata', () => arunika().logActivity('user-42', 'login', undefined, 'text' as unknown as object)],
    ['metadata', () => arunika().logActivity('user-42', 'login', undefined, [])],
    ['user', () => arunika().logActivity(undefined as unknown as User, 'login')],
    ['user', () => arunika().identify(null as unknown as User, {})],
    ['identification', () => arunika().identify('user-42', undefined as unknown as object)],
    ['email', () => arunika().identify('user-42', { email: 42 as unknown as string })],
    ['traits', () => arunika().identify('user-42', { traits: 'x' as unknown as object })],
    ['userId', () => arunika().registerUser({ userId: 42 as unknown as string, email: 'a@b' })],
    ['email', () => arunika().registerUser({ userId: 'user-42' } as { userId: string; email: string })],
    ['name', () => arunika().on('sent' as 'delivered', () => undefined)],
    ['listener', () => arunika().on('delivered', undefined as unknown as () => void)],
  ])('throws an OptionsError that names the %s', (name, call) => {
    expect(call).toThrow(
      expect.objectContaining({ name: 'OptionsError', code: 'invalid_option', option: name }),
    )
  })

  it('of the shutdown rejects, and the client goes on', async () => {
    const { arunika, sent } = setUp()
    await expect(arunika.shutdown({ timeoutMs: -1 })).rejects.toBeInstanceOf(OptionsError)
    arunika.logActivity('user-42', 'login')
    await arunika.flush()
    expect(sent()).toHaveLength(1)
  })
})

describe('a shutdown', () => {
  const taken = () => Response.json({ accepted: 1, duplicates: 0, rejected: [] })

  /** A fetch that heeds no signal and answers when the test says so. */
  function answeredLater() {
    let answer = () => {}
    const answered = new Promise<Response>((resolve) => {
      answer = () => resolve(taken())
    })
    return { fetch: () => answered, answer }
  }

  it('leaves no timer behind, whether the events were delivered or not', async () => {
    for (const fetch of [() => Promise.resolve(taken()), () => Promise.reject(new Error('offline'))]) {
      const { arunika } = setUp({ fetch })
      arunika.logActivity('user-42', 'login')
      const shutdown = arunika.shutdown({ timeoutMs: 1_000 })
      await vi.advanceTimersByTimeAsync(1_000)
      await shutdown
      expect(vi.getTimerCount()).toBe(0)
    }
  })

  it('is not cut short by another', async () => {
    const { fetch, answer } = answeredLater()
    const { arunika, delivered, dropped } = setUp({ fetch })
    arunika.logActivity('user-42', 'login')
    const shutdowns = Promise.all([
      arunika.shutdown({ timeoutMs: 1_000 }),
      arunika.shutdown({ timeoutMs: 10 }),
    ])
    await vi.advanceTimersByTimeAsync(500)
    answer()
    await shutdowns
    expect(delivered).toHaveLength(1)
    expect(dropped).toEqual([])
  })

  it('has the last word: an answer that comes after it is told of no more', async () => {
    const { fetch, answer } = answeredLater()
    const { arunika, delivered, dropped, errors } = setUp({ fetch })
    arunika.logActivity('user-42', 'login')
    const flushed = arunika.flush()
    const shutdown = arunika.shutdown({ timeoutMs: 10 })
    await vi.advanceTimersByTimeAsync(10)
    await shutdown
    // The request has ended for good, also where the fetch does not look at its signal, as this one.
    await expect(flushed).rejects.toThrow(DeliveryError)
    answer()
    await vi.advanceTimersByTimeAsync(0)
    expect(dropped).toHaveLength(1)
    expect([...delivered, ...errors]).toEqual([])
  })
})

describe('a client', () => {
  it('does not show its key when it is printed', () => {
    const text = inspect(setUp().arunika, { depth: Infinity, showHidden: true })
    expect(text).not.toContain(API_KEY)
  })

  it('reports a listener that throws by error, and calls the others', async () => {
    const { arunika, errors } = setUp()
    const other = vi.fn()
    arunika.on('delivered', () => {
      throw new Error('from the app')
    })
    arunika.on('delivered', other)
    arunika.logActivity('user-42', 'login')
    await arunika.flush()
    expect(errors).toEqual([expect.any(ListenerError)])
    expect(other).toHaveBeenCalledOnce()
  })

  it('stops calling a listener that was removed', async () => {
    const { arunika } = setUp()
    const listener = vi.fn()
    const stop = arunika.on('delivered', listener)
    stop()
    arunika.logActivity('user-42', 'login')
    await arunika.flush()
    expect(listener).not.toHaveBeenCalled()
  })
})
