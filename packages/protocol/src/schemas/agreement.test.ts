import Ajv2020 from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import vectors from '../../vectors/validation.json'
import { parseIngestAnswer, parseProfileAnswer } from '../answers'
import { EVENT_ERROR_CODES } from '../error-codes'
import { LIMITS } from '../limits'
import {
  bareEventSchema,
  browserBatchSchema,
  eventSchema,
  identifierSchema,
  ingestAnswerSchema,
  profileAnswerSchema,
  profileRequestSchema,
  SCHEMAS,
  serverBatchSchema,
  serverEventSchema,
} from '../schemas'
import { validateBareEvent, validateBrowserBatch, validateServerBatch } from '../validate-batch'
import { validateEvent, validateServerEvent } from '../validate-event'
import { validateIdentifier } from '../validate-identifier'
import { validateProfile } from '../validate-profile'

/**
 * What no schema of ours says, and a validator checks all the same. A vector that is refused for one of these reasons
 * passes its schema, and no other vector that is refused does.
 */
const BEYOND_SCHEMAS = [
  // The calendar: which months have 31 days, leap years, and a time that in UTC leaves the years 0 to 9999.
  'a day that the calendar does not have',
  'a leap day of a common year',
  'a time that in UTC is before the year 0',
  'a time that in UTC is after the year 9999',
  // Depth.
  'data of 33 levels',
  'a context of 33 levels',
  'traits of 33 levels',
  // Beside these: sizes in bytes, an email that grows in lower case (validate-identifier.test.ts), values that JSON
  // cannot hold, and an answer whose numbers do not account for every event.
]

const ajv = new Ajv2020({ schemas: [...SCHEMAS], allowUnionTypes: true })
const fits = ({ $id }: { $id: string }, value: unknown) => ajv.validate($id, value)

/** A batch passes its schema where every one of its events does; the validator names the bad ones instead. */
function isWhole(checked: { ok: true; value: { rejected: unknown[] } } | { ok: false }): boolean {
  return checked.ok && checked.value.rejected.length === 0
}

const made = { eventId: '0190c8f4-7b1e-7abc-8def-0123456789ab', timestamp: '2026-01-31T09:30:00.000Z' }
const pairs: Record<string, { schema: { $id: string }; passes: (value: unknown) => boolean }> = {
  events: { schema: eventSchema, passes: (value) => validateEvent(value).ok },
  serverEvents: { schema: serverEventSchema, passes: (value) => validateServerEvent(value).ok },
  bareEvents: {
    schema: bareEventSchema,
    passes: (value) => {
      const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
      return isObject && isWhole(validateBareEvent({ ...value }, made))
    },
  },
  identifiers: { schema: identifierSchema, passes: (value) => validateIdentifier(value).ok },
  browserBatches: { schema: browserBatchSchema, passes: (value) => isWhole(validateBrowserBatch(value)) },
  serverBatches: { schema: serverBatchSchema, passes: (value) => isWhole(validateServerBatch(value)) },
  profiles: { schema: profileRequestSchema, passes: (value) => validateProfile(value).ok },
  ingestAnswers: {
    schema: ingestAnswerSchema,
    passes: (value) => {
      const answer = parseIngestAnswer(withPlacesThatWereSent(value), eventsOf(value))
      // The parser lets a code through that it does not know, since a newer server may have more of them.
      return answer?.rejected.every(({ code }) => code in EVENT_ERROR_CODES) ?? false
    },
  },
  profileAnswers: { schema: profileAnswerSchema, passes: (value) => parseProfileAnswer(value) !== null },
}

/** As many events as an answer accounts for, so that its sum is always right. */
function eventsOf(answer: unknown): number {
  const { accepted, duplicates, rejected } = Object(answer) as Record<string, unknown>
  return Number(accepted) + Number(duplicates) + (Array.isArray(rejected) ? rejected.length : 0)
}

/** The answer with every place that could be one within the request, which no schema can ask for. */
function withPlacesThatWereSent(answer: unknown): unknown {
  return JSON.parse(
    JSON.stringify(answer, (key, value: unknown) =>
      key === 'index' && Number.isSafeInteger(value) && Number(value) > 0 ? 0 : value,
    ),
  )
}

describe.each(Object.entries(vectors))('schema and validator agree on the vectors of %s', (list, cases) => {
  const { schema, passes } = pairs[list]!
  test.each<{ name: string; input: unknown }>(cases)('$name', ({ name, input }) => {
    expect(fits(schema, input)).toBe(passes(input) || BEYOND_SCHEMAS.includes(name))
  })
})

/** Text of every length around a limit, with characters of one and of two UTF-16 units. */
function textAround(max: number): fc.Arbitrary<string> {
  const length = fc.oneof(fc.constantFrom(0, 1, max - 1, max, max + 1), fc.nat(8))
  return fc.tuple(fc.constantFrom('a', 'é', '🌅', ' '), length).map(([unit, times]) => unit.repeat(times))
}

const scalar = fc.constantFrom<unknown>(
  null,
  true,
  0,
  -1,
  1.5,
  '',
  'text',
  '\u0000',
  '\u007f',
  '\ud800',
  '\n',
)
const junk = fc.oneof(scalar, fc.jsonValue({ maxDepth: 2 }), fc.string({ unit: 'binary' }))

const good = <T>(arbitrary: fc.Arbitrary<T>) => ({ weight: 6, arbitrary })
const unprintable = fc.constantFrom('a\ud800', 'a\u007f', 'a\u0085', 'a\0')
const name = fc.oneof(
  good(fc.constantFrom('user_1', 'Ada', ' ')),
  textAround(LIMITS.maxIdentifierLength),
  unprintable,
)
const email = fc.oneof(
  good(fc.emailAddress()),
  fc.constantFrom(
    ' A@B ',
    '\tada@example.com\n',
    'a@b@c',
    '@b',
    'a@',
    'a b@c',
    'a@\u0085',
    '\u00a0a@b',
    'a@b\u0000',
  ),
  textAround(LIMITS.maxEmailLength - 2).map((local) => `${local}@b`),
)
const timestamp = fc.oneof(
  good(
    fc
      .date({ min: new Date(0), max: new Date('2099-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString()),
  ),
  fc.constantFrom(
    '2026-01-31T09:30:00Z',
    '2026-01-31T09:30:00.1234567890Z',
    '2026-01-31t09:30:00z',
    '2026-01-31T09:30:00+0700',
    '2026-01-31T09:30:00-23:59',
    '2026-00-10T09:30:00Z',
    '2026-01-00T09:30:00Z',
    '2026-01-32T09:30:00Z',
    '2026-01-31T09:60:00Z',
    '2026-01-31T09:30:00.Z',
    '٢٠٢٦-01-31T09:30:00Z',
  ),
)
const uuidV7 = fc.oneof(
  good(fc.uuid({ version: 7 })),
  fc.uuid({ version: 7 }).map((id) => id.toUpperCase()),
  fc.uuid(),
)
const appId = fc.oneof(
  good(fc.constant('app_shop')),
  textAround(65).map((text) => `app_${text}`),
)
const object = fc.dictionary(fc.string({ maxLength: 5 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 })
const maybeText = fc.oneof(good(fc.string()), scalar)
const context = fc.record(
  {
    page: fc.oneof(good(fc.record({ url: maybeText, title: maybeText }, { requiredKeys: [] })), junk),
    campaign: fc.record({ source: maybeText }, { requiredKeys: [] }),
    screen: fc.record({ width: fc.oneof(good(fc.integer()), scalar) }, { requiredKeys: [] }),
    library: fc.record({ name: maybeText, version: maybeText }, { requiredKeys: [] }),
    locale: maybeText,
    host: maybeText,
    own: junk,
  },
  { requiredKeys: [] },
)

const identifier = fc.record(
  { profileId: name, userId: name, email, sessionId: name, phone: junk },
  { requiredKeys: [] },
)
const eventFields = {
  eventId: uuidV7,
  eventType: fc.oneof(good(fc.constant('page_view')), textAround(LIMITS.maxEventTypeLength), unprintable),
  timestamp,
  description: fc.oneof(good(fc.string()), textAround(LIMITS.maxDescriptionLength)),
  eventData: object,
  context,
}
const event = fc.record(eventFields, { requiredKeys: ['eventId', 'eventType', 'timestamp'] })
const serverEvent = fc.record(
  { ...eventFields, identifier },
  { requiredKeys: ['eventId', 'eventType', 'timestamp', 'identifier'] },
)
const bareEvent = fc.record({ ...eventFields, identifier }, { requiredKeys: ['eventType', 'identifier'] })
const list = <T>(item: fc.Arbitrary<T>) => fc.array(item, { maxLength: 2 })
const count = fc.oneof({ weight: 4, arbitrary: fc.nat(3) }, scalar)
const refusal = fc.record({
  index: fc.constant(0),
  eventId: fc.option(fc.string()),
  code: fc.constantFrom(...Object.keys(EVENT_ERROR_CODES)),
  detail: fc.string(),
})

const values: Record<string, fc.Arbitrary<object>> = {
  events: event,
  serverEvents: serverEvent,
  bareEvents: bareEvent,
  identifiers: identifier,
  browserBatches: fc.record(
    { appId, sessionId: name, sentAt: timestamp, events: list(event) },
    { requiredKeys: ['appId', 'sessionId', 'events'] },
  ),
  serverBatches: fc.record({ sentAt: timestamp, events: list(serverEvent) }, { requiredKeys: ['events'] }),
  profiles: fc.record(
    {
      appId,
      sessionId: name,
      sentAt: timestamp,
      eventId: uuidV7,
      timestamp,
      email,
      userId: name,
      name,
      traits: object,
    },
    { requiredKeys: ['appId', 'sessionId'] },
  ),
  ingestAnswers: fc.record({
    accepted: count,
    duplicates: count,
    rejected: fc.array(fc.oneof(refusal, refusal.chain(mutated)), { maxLength: 1 }),
  }),
  profileAnswers: fc.record({
    profileId: fc.string(),
    status: fc.constantFrom('pending', 'active', 'suspended', 'gone'),
  }),
}

/** The value with one field of its own, at the top, replaced by anything or left out. */
function mutated(value: object): fc.Arbitrary<object> {
  const keys = Object.keys(value)
  if (keys.length === 0) return fc.constant(value)
  return fc
    .tuple(fc.constantFrom(...keys), fc.option(junk, { nil: undefined, freq: 1 }))
    .map(([key, other]) => {
      const rest = Object.entries(value).filter(([name]) => name !== key)
      return Object.fromEntries(other === undefined ? rest : [...rest, [key, other]])
    })
}

describe.each(Object.entries(values))('schema and validator agree on generated %s', (kind, value) => {
  const { schema, passes } = pairs[kind]!

  test('good ones, mutated ones and junk', () => {
    let passed = 0
    fc.assert(
      fc.property(
        fc.oneof({ weight: 3, arbitrary: value }, { weight: 3, arbitrary: value.chain(mutated) }, junk),
        (candidate) => {
          const expected = passes(candidate)
          if (expected) passed++
          expect(fits(schema, candidate), JSON.stringify(ajv.errors)).toBe(expected)
        },
      ),
      { numRuns: 1_000 },
    )
    expect(passed, 'too few of the generated values are good ones').toBeGreaterThan(100)
  })
})
