import { createUuidV7, utf8Length } from '@arunika/protocol'
import { describe, expect, it } from 'vitest'
import { encodeEvent, type EventInput } from './encode-event'
import { isOutboxItem } from './outbox-item'

const stamp = { eventId: createUuidV7()(), now: Date.UTC(2026, 0, 31, 9, 30), group: 'events' }
const encode = (input: EventInput) => encodeEvent(input, stamp)

describe('an event is encoded', () => {
  it('to the JSON that is sent, its true bytes, and the event that the server will keep', () => {
    const encoded = encode({ eventType: 'paid', description: 'Zahlung 🌅', eventData: { amount: 9.5 } })
    if (!encoded.ok) throw new Error(encoded.detail)
    const { item, event } = encoded.value
    expect(JSON.parse(item.json)).toEqual(event)
    expect(event).toEqual({
      eventId: stamp.eventId,
      timestamp: '2026-01-31T09:30:00.000Z',
      eventType: 'paid',
      description: 'Zahlung 🌅',
      eventData: { amount: 9.5 },
    })
    expect(item).toMatchObject({ id: stamp.eventId, group: 'events', takenAt: stamp.now })
    expect(item.bytes).toBe(new TextEncoder().encode(item.json).byteLength)
    expect(item.bytes).toBe(utf8Length(item.json))
  })

  it('as it is now: what the app changes later changes nothing', () => {
    const eventData = { amount: 1, day: new Date(0), left: undefined, call: () => 1 }
    const encoded = encode({ eventType: 'paid', eventData })
    eventData.amount = 2
    expect(encoded).toMatchObject({
      ok: true,
      value: { event: { eventData: { amount: 1, day: '1970-01-01T00:00:00.000Z' } } },
    })
  })

  it('under its stamp, whatever the input holds beside its fields', () => {
    const encoded = encode({ eventType: 'paid', ...{ eventId: 'mine', timestamp: 'now' } })
    expect(encoded).toMatchObject({ ok: true, value: { event: { eventId: stamp.eventId } } })
    expect(encoded.ok && encoded.value.item.json).toContain(stamp.eventId)
    expect(encoded.ok && isOutboxItem(encoded.value.item)).toBe(true)
  })

  it('with its id first, by which a storage’s record is known', () => {
    const encoded = encode({ eventType: 'paid', eventData: { eventId: 'other' } })
    expect(encoded.ok && encoded.value.item.json.startsWith(`{"eventId":"${stamp.eventId}",`)).toBe(true)
    expect(encoded.ok && isOutboxItem(encoded.value.item)).toBe(true)
  })

  it('with an identifier as the event of a server', () => {
    expect(encode({ eventType: 'paid', identifier: { email: ' Ada@Example.com ' } })).toMatchObject({
      ok: true,
      value: { event: { identifier: { email: 'ada@example.com' } } },
    })
    expect(encode({ eventType: 'paid', identifier: {} })).toMatchObject({
      ok: false,
      code: 'missing_identifier',
    })
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

  it.each<[string, unknown, string]>([
    ['of an empty type', { eventType: '' }, 'invalid_event_type'],
    ['of a type that is no text', { eventType: 7 }, 'invalid_event_type'],
    ['without a type', {}, 'invalid_event_type'],
    ['with a cycle', { eventType: 'a', eventData: cycle }, 'invalid_event_data'],
    ['with a bigint', { eventType: 'a', eventData: { big: 1n } }, 'invalid_event_data'],
    ['with a getter that throws', { eventType: 'a', eventData: throwing }, 'invalid_event_data'],
    ['too deep', { eventType: 'a', eventData: deep }, 'invalid_event_data'],
    ['that writes itself as nothing', { eventType: 'a', toJSON: () => undefined }, 'invalid_event_data'],
    ['that writes itself as text', { eventType: 'a', toJSON: () => 'text' }, 'event_not_object'],
    ['with a list for data', { eventType: 'a', eventData: [] }, 'invalid_event_data'],
    [
      'with 10 MiB of data',
      { eventType: 'a', eventData: { text: 'x'.repeat(10 ** 7) } },
      'event_data_too_large',
    ],
    ['with a long description', { eventType: 'a', description: 'x'.repeat(1_025) }, 'invalid_description'],
  ])('%s', (_, input, code) => {
    expect(encode(input as EventInput)).toMatchObject({ ok: false, code, detail: expect.any(String) })
  })

  it('under a clock that no timestamp can write', () => {
    expect(encodeEvent({ eventType: 'a' }, { ...stamp, now: NaN })).toMatchObject({ ok: false })
  })
})
