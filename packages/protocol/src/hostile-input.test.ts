import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as protocol from './index'

type Call = (value: unknown) => unknown

/** The argument in each place that a caller fills with what came from outside: from the network, a store, an app. */
const takesAnything: Record<string, Call> = {
  isApiKey: protocol.isApiKey,
  isAppId: protocol.isAppId,
  isEventType: protocol.isEventType,
  isName: protocol.isName,
  isObject: protocol.isObject,
  isUuidV7: protocol.isUuidV7,
  jsonSize: (value) => protocol.jsonSize(value, { maxBytes: 32_768, maxDepth: 32 }),
  'jsonSize, unlimited depth': (value) => protocol.jsonSize(value, { maxBytes: 2 ** 16, maxDepth: Infinity }),
  normalizeEmail: protocol.normalizeEmail,
  own: (value) => protocol.own(Object(value) as object, 'eventId'),
  parseIngestAnswer: (value) => protocol.parseIngestAnswer(value, 1),
  'parseIngestAnswer, rejected': (value) =>
    protocol.parseIngestAnswer({ accepted: 0, duplicates: 0, rejected: [value] }, 1),
  parseProfileAnswer: protocol.parseProfileAnswer,
  parseRetryAfter: (value) => protocol.parseRetryAfter(value, 0),
  parseTimestamp: protocol.parseTimestamp,
  validateBrowserBatch: protocol.validateBrowserBatch,
  'validateBrowserBatch, events': (events) =>
    protocol.validateBrowserBatch({ appId: 'app_1', sessionId: 's', events }),
  validateEvent: protocol.validateEvent,
  validateIdentifier: protocol.validateIdentifier,
  'validateIdentifier, userId': (userId) => protocol.validateIdentifier({ userId }),
  validateProfile: protocol.validateProfile,
  'validateProfile, traits': (traits) =>
    protocol.validateProfile({ appId: 'app_1', sessionId: 's', userId: 'u', traits }),
  validateServerBatch: protocol.validateServerBatch,
  'validateServerBatch, one event': (event) => protocol.validateServerBatch({ events: [event] }),
  validateServerEvent: protocol.validateServerEvent,
  validateBareEvent: (body) => protocol.validateBareEvent(body, event),
  validateServerBody: (body) => protocol.validateServerBody(body, event),
  ...Object.fromEntries(
    ['eventId', 'eventType', 'timestamp', 'description', 'eventData', 'context', 'identifier'].map(
      (field) => [
        `validateServerEvent, ${field}`,
        (value: unknown) => protocol.validateServerEvent({ ...event, [field]: value }),
      ],
    ),
  ),
}

const event = {
  eventId: '0190c8f4-7b1e-7abc-8def-0123456789ab',
  eventType: 'login',
  timestamp: '2026-01-31T09:30:00.000Z',
  identifier: { userId: 'user_1' },
}

/** Functions of text and numbers, which TypeScript holds their callers to: any text and any number will do. */
const takesText: Record<string, (text: string) => unknown> = {
  characterCount: (text) => protocol.characterCount(text, 1_024),
  isPlainText: protocol.isPlainText,
  storableText: protocol.storableText,
  utf8Length: protocol.utf8Length,
  problem: (text) => protocol.problem('invalid_batch', text),
  'signingString, timestamp': (text) => protocol.signingString(text, new Uint8Array(1)),
  'sign, apiKey': (text) => protocol.sign({ apiKey: `k${text}`, timestamp: 1, body: new Uint8Array(1) }),
  'verifySignature, apiKey': (apiKey) => protocol.verifySignature({ ...signed, apiKey }),
  'verifySignature, timestamp': (timestamp) => protocol.verifySignature({ ...signed, timestamp }),
  'verifySignature, signature': (signature) => protocol.verifySignature({ ...signed, signature }),
  'verifySignature, body': (text) =>
    protocol.verifySignature({ ...signed, body: new TextEncoder().encode(text) }),
  identifySession: (person) => protocol.identifySession(session, person, 1, () => 's_2'),
  ...Object.fromEntries(
    (
      ['emailKey', 'isEmailKey', 'isSessionKey', 'isUserKey', 'sessionKey', 'userKey', 'valueOfKey'] as const
    ).map((name) => [name, protocol[name]]),
  ),
  mentionOf: (text) =>
    protocol.mentionOf({
      eventId: text,
      eventType: 'user_registered',
      timestampMs: 1,
      sessionId: text,
      eventData: { userId: text, email: text, name: text, [text]: text, traits: { [text]: text } },
    }),
  profileEvent: (text) =>
    protocol.profileEvent(
      {
        appId: 'app_1',
        sessionId: text,
        sentAtMs: null,
        timestampMs: null,
        name: text,
        traits: { [text]: text },
      },
      1,
    ),
}

const signed = {
  apiKey: 'k',
  timestamp: '1',
  signature: `sha256=${'0'.repeat(64)}`,
  body: new Uint8Array(1),
  nowMs: 1_000,
}
const session = { sessionId: 's_1', startedAt: 1, lastActiveAt: 1, person: null }

const takesNumbers: Record<string, (a: number, b: number) => unknown> = {
  batchLength: (a, b) => protocol.batchLength([1, a, b], { maxEvents: a, maxBytes: b }, 0),
  continueSession: (a, b) => protocol.continueSession({ ...session, lastActiveAt: a }, b, () => 's_2'),
  correctTimestamp: (a, b) => protocol.correctTimestamp(a, b, 0),
  timestampOutlier: (a, b) => protocol.timestampOutlier(a, b),
  createUuidV7: (a, b) => [a, b].map((now) => protocol.createUuidV7({ now: () => now })()),
  isFlushDue: (a, b) =>
    protocol.isFlushDue({ waiting: a, oldestAgeMs: b }, { flushAt: 1, flushIntervalMs: 1 }),
  'parseIngestAnswer, sent': (sent) =>
    protocol.parseIngestAnswer({ accepted: 1, duplicates: 0, rejected: [] }, sent),
  'parseRetryAfter, now': (now) => protocol.parseRetryAfter('Thu, 01 Jan 2026 00:02:00 GMT', now),
  retryWaitMs: (a, b) => protocol.retryWaitMs({ failures: a, retryAfterMs: b, random: a }),
  verdictOf: protocol.verdictOf,
}

/** Documented to throw; time.test.ts holds when. */
const throwsAsDocumented = ['formatTimestamp']

test('every exported function is put to the test here', () => {
  const functions = Object.entries(protocol).filter(([, value]) => typeof value === 'function')
  const tested = [
    ...Object.keys({ ...takesAnything, ...takesText, ...takesNumbers }).map((name) => name.split(',')[0]!),
    ...throwsAsDocumented,
  ]
  expect([...new Set(tested)].sort()).toEqual(functions.map(([name]) => name).sort())
})

const cycle: Record<string, unknown> = {}
cycle['self'] = cycle

/** Every place of a value may hold one of these. */
const leaf = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, NaN, Infinity, -0, 1e308, 8.64e15, 1n, Symbol('s'), () => 1),
  fc.constantFrom<unknown>(new Date(NaN), new Map(), new Uint8Array(3), Object('text'), Object.create(null)),
  fc.constantFrom<unknown>(cycle, /x/, new Error('e'), { toString: 1, valueOf: 1 }),
  fc.constantFrom<unknown>('\ud800', '\udc00\ud800', '\0', '__proto__', '9999-12-31T23:59:59.999-23:59'),
  fc.string({ unit: 'binary' }),
  fc.double(),
)
const knownKey = fc.constantFrom(
  ...['__proto__', 'constructor', 'toJSON', 'length', 'events', 'identifier', 'eventData', 'context'],
  ...['eventId', 'eventType', 'timestamp', 'appId', 'sessionId', 'email', 'accepted', 'rejected', 'code'],
)
const { anything } = fc.letrec<{ anything: unknown }>((tie) => ({
  anything: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('anything'), { maxLength: 4 }),
    // As JSON.parse does it: a key __proto__ is a key of the object's own.
    fc
      .array(fc.tuple(fc.oneof(knownKey, fc.string()), tie('anything')), { maxLength: 6 })
      .map(Object.fromEntries),
    fc.anything({ withNullPrototype: true, withSparseArray: true, withBigInt: true, withMap: true }),
  ),
}))

describe('no value that comes from outside makes a function throw', () => {
  test.each(Object.entries(takesAnything))('%s', (_, call) => {
    fc.assert(
      fc.property(anything, (value) => {
        call(value)
      }),
      { numRuns: 300 },
    )
  })
})

describe('no object that throws when it is looked at makes a function throw', () => {
  const throwing = new Proxy(
    {},
    {
      get: () => {
        throw new Error('get')
      },
      ownKeys: () => {
        throw new Error('ownKeys')
      },
      getOwnPropertyDescriptor: () => {
        throw new Error('getOwnPropertyDescriptor')
      },
      getPrototypeOf: () => {
        throw new Error('getPrototypeOf')
      },
    },
  )
  const { proxy: revoked, revoke } = Proxy.revocable<object>([], {})
  revoke()

  const getter = Object.defineProperty({}, 'eventId', {
    enumerable: true,
    get: () => {
      throw new Error('get')
    },
  })

  test.each(Object.entries(takesAnything))('%s', (_, call) => {
    for (const hostile of [throwing, revoked, getter]) {
      call(hostile)
      call([hostile])
      call({ ...event, eventData: hostile, context: { page: hostile }, events: [hostile], email: hostile })
    }
  })
})

describe('no text makes a function throw', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\ud800', '', '__proto__', '1e9'))
  test.each(Object.entries(takesText))('%s', async (_, call) => {
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        await call(value)
      }),
    )
  })
})

describe('no number makes a function throw', () => {
  const number = fc.oneof(
    fc.double(),
    fc.integer(),
    fc.constantFrom(NaN, Infinity, -Infinity, -0, 8.64e15 + 1),
  )
  test.each(Object.entries(takesNumbers))('%s', (_, call) => {
    fc.assert(
      fc.property(number, number, (a, b) => {
        call(a, b)
      }),
    )
  })
})

test('nothing that came from outside reaches a prototype', () => {
  const attack = JSON.parse(
    '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
  ) as object
  for (const call of Object.values(takesAnything)) call(attack)
  expect(protocol.validateBareEvent({ ...attack }, event)).not.toHaveProperty('polluted')
  expect({}).not.toHaveProperty('polluted')
})

/**
 * What would take minutes or the whole stack if the time were more than linear or the walk recursive. The bound is
 * far above what linear time needs on a busy machine, and far below what quadratic time would.
 */
describe('time grows no faster than the input', { timeout: 120_000 }, () => {
  const MIB = 2 ** 20
  const BOUND_MS = 20_000
  const LEVELS = 100_000

  function nested(open: string, close: string, inner: string): unknown {
    return JSON.parse(open.repeat(LEVELS) + inner + close.repeat(LEVELS))
  }

  const sizeWithoutLimits: Call = (value) =>
    protocol.jsonSize(value, { maxBytes: Infinity, maxDepth: Infinity })

  const large: Record<string, () => unknown> = {
    'letters of 10 MiB': () => 'a'.repeat(10 * MIB),
    'quotes of 10 MiB': () => '"'.repeat(10 * MIB),
    'spaces of 10 MiB': () => ' '.repeat(10 * MIB),
    '@ of 10 MiB': () => '@'.repeat(10 * MIB),
    'digits of 10 MiB': () => '9'.repeat(10 * MIB),
    'halves of pairs of 10 MiB': () => '\ud800'.repeat(10 * MIB),
    'pairs of 10 MiB': () => '🌅'.repeat(5 * MIB),
    'a key of 10 MiB': () => ({ ['k'.repeat(10 * MIB)]: 1 }),
    'a million keys': () => Object.fromEntries(Array.from({ length: 1_000_000 }, (_, i) => [`k${i}`, i])),
    'a million items': () => Array<number>(1_000_000).fill(1),
    'a million refusals': () => Array<object>(1_000_000).fill({ index: 0 }),
    'arrays of 100,000 levels': () => nested('[', ']', '1'),
    'objects of 100,000 levels': () => nested('{"a":', '}', '1'),
    'keys __proto__ of 100,000 levels': () => nested('{"__proto__":', '}', '1'),
  }

  test.each(Object.entries(large))('%s', async (_, make) => {
    const value = make()
    const calls = Object.entries({ ...takesAnything, 'jsonSize, no limits': sizeWithoutLimits })
    if (typeof value === 'string') calls.push(...(Object.entries(takesText) as [string, Call][]))
    for (const [name, call] of calls) {
      const start = performance.now()
      await call(value)
      expect(performance.now() - start, name).toBeLessThan(BOUND_MS)
    }
  })
})
