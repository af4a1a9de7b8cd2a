import { describe, expect, test } from 'vitest'
import vectors from '../vectors/validation.json'
import { EVENT_ERROR_CODES } from './error-codes'
import { LIMITS } from './limits'
import { validateBrowserBatch, validateServerBatch } from './validate-batch'
import { validateEvent, validateServerEvent } from './validate-event'
import { validateIdentifier } from './validate-identifier'
import { validateProfile } from './validate-profile'
import type { Checked } from './validation'

interface Vector {
  name: string
  input: unknown
  accepted?: unknown
  code?: string | undefined
}

const validators: Record<keyof typeof vectors, (value: unknown) => Checked<unknown, string>> = {
  events: validateEvent,
  identifiers: validateIdentifier,
  serverEvents: validateServerEvent,
  browserBatches: validateBrowserBatch,
  serverBatches: validateServerBatch,
  profiles: validateProfile,
}

/** A detail is for people, and no part of the contract but that it is there. */
function withoutDetails(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, inner: unknown) =>
      key === 'detail' && typeof inner === 'string' && inner !== '' ? undefined : inner,
    ),
  )
}

describe.each(Object.entries(validators))('the vectors of %s', (list, validate) => {
  test.each<Vector>(vectors[list as keyof typeof vectors])('$name', ({ input, accepted, code }) => {
    const before = JSON.stringify(input)
    const checked = validate(input)
    const expected = code === undefined ? { ok: true, value: accepted ?? input } : { ok: false, code }
    expect(withoutDetails(checked)).toEqual(expected)
    expect(JSON.stringify(input), 'the input was changed').toBe(before)
  })
})

test('the vectors refuse by every code but those for sizes and for what only a store knows', () => {
  const codes = new Set(Object.values(vectors).flatMap((list: Vector[]) => list.map(({ code }) => code)))
  const elsewhere = ['event_data_too_large', 'context_too_large', 'unknown_profile']
  expect(Object.keys(EVENT_ERROR_CODES).filter((code) => !codes.has(code))).toEqual(elsewhere)
})

describe('what is as large as it may be is taken, and not a byte more', () => {
  const event = vectors.events[0]!.input as object
  /** An object that takes this many bytes encoded, in characters of three bytes as far as they go. */
  const ofBytes = (bytes: number) => ({
    a: '€'.repeat(Math.floor((bytes - 8) / 3)) + 'x'.repeat((bytes - 8) % 3),
  })

  test.each([
    ['eventData', LIMITS.maxEventDataBytes, 'event_data_too_large'],
    ['context', LIMITS.maxContextBytes, 'context_too_large'],
  ])('%s', (field, max, code) => {
    expect(JSON.stringify(ofBytes(max)).length).toBeLessThan(max)
    expect(validateEvent({ ...event, [field]: ofBytes(max) })).toMatchObject({ ok: true })
    expect(validateEvent({ ...event, [field]: ofBytes(max + 1) })).toMatchObject({ ok: false, code })
  })

  test('traits', () => {
    const profile = { appId: 'app_1', sessionId: 's', userId: 'u' }
    expect(validateProfile({ ...profile, traits: ofBytes(LIMITS.maxTraitsBytes) }).ok).toBe(true)
    expect(validateProfile({ ...profile, traits: ofBytes(LIMITS.maxTraitsBytes + 1) })).toMatchObject({
      ok: false,
      code: 'invalid_profile',
    })
  })

  test('a batch', () => {
    const batch = (count: number) => ({
      appId: 'app_1',
      sessionId: 's',
      events: Array<object>(count).fill(event),
    })
    expect(validateBrowserBatch(batch(LIMITS.maxBatchEvents))).toMatchObject({
      ok: true,
      value: { rejected: [] },
    })
    expect(validateBrowserBatch(batch(LIMITS.maxBatchEvents + 1))).toMatchObject({
      ok: false,
      code: 'too_many_events',
    })
  })
})

test('every place of a sparse array is answered for', () => {
  const events: unknown[] = []
  events.length = 3
  expect(validateServerBatch({ events })).toMatchObject({
    ok: true,
    value: { events: [], rejected: [{ index: 0 }, { index: 1 }, { index: 2, code: 'event_not_object' }] },
  })
})

test('half a surrogate pair is replaced in a description, and refused where text names something', () => {
  const event = vectors.events[0]!.input as object
  expect(validateEvent({ ...event, description: 'a\ud800b' })).toMatchObject({
    value: { description: 'a\ufffdb' },
  })
  expect(validateEvent({ ...event, eventType: 'a\ud800' })).toMatchObject({ code: 'invalid_event_type' })
  expect(validateIdentifier({ userId: '\udc00' })).toMatchObject({ code: 'invalid_identifier' })
})

test('a key __proto__ is a key like any other', () => {
  const text = JSON.stringify({ ...(vectors.events[0]!.input as object), eventData: { x: { admin: true } } })
  const input = JSON.parse(text.replace('"x"', '"__proto__"')) as object
  const checked = validateEvent(input)
  expect(checked.ok && JSON.stringify(checked.value.eventData)).toBe('{"__proto__":{"admin":true}}')
  const bare = { ...input, identifier: JSON.parse('{"__proto__":{"userId":"root"}}') as unknown }
  expect(validateServerEvent(bare)).toMatchObject({ code: 'missing_identifier' })
})

test('what a prototype holds is no field', () => {
  expect(validateEvent(Object.create(vectors.events[0]!.input as object))).toMatchObject({
    ok: false,
    code: 'invalid_event_id',
  })
})
