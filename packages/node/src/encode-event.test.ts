import type { OutboxItem } from '@arunika/core'
import { createUuidV7, validateServerEvent, type ServerEvent } from '@arunika/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createEncodeEvent, type ServerEventInput } from './encode-event'

const stamp = { eventId: createUuidV7()(), now: Date.UTC(2026, 0, 31, 9, 30) }
const context = { library: { name: 'test', version: '1.0.0' }, host: 'höst' }
const encodeEvent = createEncodeEvent({ group: 'events', context })

const identifier = { userId: 'user-42' }
const encode = (input: object) => encodeEvent({ identifier, ...input } as ServerEventInput, stamp)

function itemOf(input: object): OutboxItem {
  const encoded = encode(input)
  if (!encoded.ok) throw new Error(encoded.detail)
  return encoded.value
}
const eventOf = (input: object) => JSON.parse(itemOf(input).json) as ServerEvent

describe('an event is encoded', () => {
  it('to the JSON that is sent, and its true bytes', () => {
    const item = itemOf({ eventType: 'paid', description: 'Zahlung 🌅', eventData: { amount: 9.5 } })
    expect(JSON.parse(item.json)).toEqual({
      eventId: stamp.eventId,
      timestamp: '2026-01-31T09:30:00.000Z',
      eventType: 'paid',
      description: 'Zahlung 🌅',
      eventData: { amount: 9.5 },
      identifier,
      context,
    })
    expect(item).toMatchObject({ id: stamp.eventId, group: 'events', takenAt: stamp.now })
    expect(item.bytes).toBe(new TextEncoder().encode(item.json).byteLength)
    expect(item.json.startsWith(`{"eventId":"${stamp.eventId}",`)).toBe(true)
  })

  it('as it is now: what the app changes later changes nothing', () => {
    const eventData = { amount: 1, day: new Date(0), left: undefined, call: () => 1 }
    const event = eventOf({ eventType: 'paid', eventData })
    expect(event.eventData).toEqual({ amount: 1, day: '1970-01-01T00:00:00.000Z' })
  })

  it('under its stamp, whatever the input holds beside its fields', () => {
    const item = itemOf({
      eventType: 'paid',
      eventId: 'mine',
      timestamp: 'now',
      eventData: { eventId: 'other' },
    })
    expect(JSON.parse(item.json)).toMatchObject({
      eventId: stamp.eventId,
      timestamp: '2026-01-31T09:30:00.000Z',
    })
    expect(item.json.startsWith(`{"eventId":"${stamp.eventId}",`)).toBe(true)
  })

  it('each with the time of its own stamp', () => {
    const times = [1, 1, 2, 1].map((now) => {
      const encoded = encodeEvent({ eventType: 'a', identifier }, { ...stamp, now })
      return encoded.ok && (JSON.parse(encoded.value.json) as ServerEvent).timestamp.slice(-4)
    })
    expect(times).toEqual(['001Z', '001Z', '002Z', '001Z'])
  })
})

describe('an event that can never be stored is refused without a throw', () => {
  const cycle: Record<string, unknown> = {}
  cycle['self'] = cycle
  let deep = {}
  for (let level = 0; level < 100_000; level++) deep = { deep }
  const throwing = {
    get value(): never {
      throw Object.create(null)
    },
  }

  it.each<[string, object, string]>([
    ['of an empty type', { eventType: '' }, 'invalid_event_type'],
    ['of a type of two lines', { eventType: 'a\nb' }, 'invalid_event_type'],
    ['with a cycle', { eventType: 'a', eventData: cycle }, 'invalid_event_data'],
    ['with a bigint', { eventType: 'a', eventData: { big: 1n } }, 'invalid_event_data'],
    ['with a getter that throws', { eventType: 'a', eventData: throwing }, 'invalid_event_data'],
    ['too deep', { eventType: 'a', eventData: deep }, 'invalid_event_data'],
    [
      'with data that writes itself as text',
      { eventType: 'a', eventData: new Date(0) },
      'invalid_event_data',
    ],
    [
      'with a boxed number for data',
      { eventType: 'a', eventData: Object(7) as object },
      'invalid_event_data',
    ],
    ['with a list for data', { eventType: 'a', eventData: [] }, 'invalid_event_data'],
    [
      'with 10 MiB of data',
      { eventType: 'a', eventData: { text: 'x'.repeat(10 ** 7) } },
      'event_data_too_large',
    ],
    ['with a long description', { eventType: 'a', description: 'x'.repeat(1_025) }, 'invalid_description'],
    ['about nobody', { eventType: 'a', identifier: {} }, 'missing_identifier'],
    ['about no email', { eventType: 'a', identifier: { email: 'ada' } }, 'invalid_identifier'],
  ])('%s', (_, input, code) => {
    expect(encode(input)).toMatchObject({ ok: false, code, detail: expect.any(String) })
  })

  it('with data that is written as something else than it looks', () => {
    const liar = new Proxy({}, { get: (_, key) => (key === 'toJSON' ? () => 'text' : undefined) })
    const once = {}
    Object.defineProperty(once, 'toJSON', {
      configurable: true,
      get(this: { toJSON?: unknown }) {
        delete this.toJSON
        return () => [1]
      },
    })
    for (const eventData of [liar, once]) {
      expect(encode({ eventType: 'a', eventData })).toMatchObject({ ok: false, code: 'invalid_event_data' })
    }
  })

  it('under a clock that no timestamp can write', () => {
    expect(encodeEvent({ eventType: 'a', identifier }, { ...stamp, now: NaN })).toMatchObject({ ok: false })
  })
})

it('whatever it is given: it takes what the server takes, and nothing else', () => {
  const length = (...around: number[]) => fc.constantFrom(...around).map((count) => 'x'.repeat(count))
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 6 }),
    length(0, 126, 127, 128, 129, 255, 256, 257),
  )
  const nested = fc.nat({ max: 40 }).map((levels) => {
    let value: object = {}
    for (let level = 0; level < levels; level++) value = level % 2 ? [value] : { value }
    return value
  })
  const eventData = fc.oneof(
    fc.object({ withDate: true, withNullPrototype: true, withBoxedValues: true, withMap: true }),
    nested,
    length(10_800, 10_923, 32_757, 32_758, 32_759, 40_000).map((large) => ({ large })),
    fc.constantFrom(Object(7), Object('text'), new Date(0), { toJSON: () => 7 }, { toJSON: () => ({}) }, []),
  )
  const name = fc.option(text, { nil: undefined })
  const email = fc.oneof(
    name,
    fc.tuple(text, text).map((halves) => halves.join('@')),
  )
  const input = fc.record({
    eventType: text,
    description: fc.option(fc.oneof(text, length(1_023, 1_024, 1_025)), { nil: undefined }),
    eventData: fc.option(eventData, { nil: undefined }),
    identifier: fc.record({ userId: name, email, sessionId: name, profileId: name }),
  })
  fc.assert(
    fc.property(input, (given) => {
      const encoded = encodeEvent(given as ServerEventInput, stamp)
      const { eventId, now } = stamp
      const timestamp = new Date(now).toISOString()
      const event: unknown = JSON.parse(JSON.stringify({ eventId, timestamp, ...given, context }))
      const checked = validateServerEvent(event)
      expect(encoded.ok).toBe(checked.ok)
      if (encoded.ok) expect(JSON.parse(encoded.value.json)).toEqual(event)
    }),
    { numRuns: 2_000 },
  )
})
