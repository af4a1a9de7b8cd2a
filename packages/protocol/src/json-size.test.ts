import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { jsonSize } from './json-size'
import { LIMITS } from './limits'

const NO_LIMIT = { maxBytes: Infinity, maxDepth: 1_000 }
const encodedBytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).length

/** What JSON.parse can give, `__proto__` and halves of pairs included. */
const json = fc
  .jsonValue({ stringUnit: 'binary', maxDepth: 5 })
  .map((value) => JSON.parse(JSON.stringify(value)) as unknown)
const units = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0x7f }), fc.integer({ min: 0xd7ff, max: 0xe001 })))
  .map((codes) => String.fromCharCode(...codes))

test('the size is the byte length of what JSON.stringify writes', () => {
  const object = fc.dictionary(
    units,
    fc.oneof(json, units, fc.double({ noNaN: true, noDefaultInfinity: true })),
  )
  fc.assert(
    fc.property(fc.oneof(json, units, object), (value) => {
      expect(jsonSize(value, NO_LIMIT)).toEqual({ ok: true, bytes: encodedBytes(value) })
    }),
  )
})

test('a value is too large from the first byte above the limit', () => {
  fc.assert(
    fc.property(fc.oneof(json, units), (value) => {
      const bytes = encodedBytes(value)
      expect(jsonSize(value, { ...NO_LIMIT, maxBytes: bytes })).toEqual({ ok: true, bytes })
      expect(jsonSize(value, { ...NO_LIMIT, maxBytes: bytes - 1 })).toMatchObject({
        ok: false,
        reason: 'too-large',
      })
    }),
  )
})

test('depth counts objects and arrays, the outermost included', () => {
  expect(jsonSize({ a: [1] }, { maxBytes: 100, maxDepth: 2 }).ok).toBe(true)
  expect(jsonSize({ a: [1] }, { maxBytes: 100, maxDepth: 1 })).toEqual({
    ok: false,
    reason: 'too-deep',
    path: '/a',
  })
  expect(jsonSize('text', { maxBytes: 100, maxDepth: 0 }).ok).toBe(true)
})

describe('what JSON cannot hold as it is', () => {
  class Point {
    x = 1
  }
  const throwing = Object.defineProperty({}, 'x', {
    enumerable: true,
    get: () => {
      throw new Error('no')
    },
  })
  const { proxy: revoked, revoke } = Proxy.revocable({}, {})
  revoke()
  const arrayThatConverts = Object.assign([1], { toJSON: () => 'x' })

  test.each<[string, unknown]>([
    ['undefined', undefined],
    ['a function', () => 1],
    ['a symbol', Symbol('s')],
    ['a bigint', 1n],
    ['NaN', NaN],
    ['Infinity', -Infinity],
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['bytes', new Uint8Array(2)],
    ['an instance of a class', new Point()],
    ['an object with toJSON', { toJSON: () => 1 }],
    ['an array with toJSON', arrayThatConverts],
    ['a boxed string', Object('s')],
    ['a getter that throws', throwing],
    ['a revoked proxy', revoked],
    // eslint-disable-next-line no-sparse-arrays -- a hole is what is tested
    ['an array with a hole', [1, , 2]],
  ])('%s is refused with the path to it', (_, value) => {
    expect(jsonSize({ list: [0, value] }, NO_LIMIT)).toMatchObject({ ok: false, reason: 'not-json' })
    expect(jsonSize({ a: { b: value } }, NO_LIMIT)).toMatchObject({
      path: expect.stringMatching(/^\/a\/b/) as string,
    })
  })

  test('an object without a prototype, and one of another realm, are JSON', () => {
    const bare = Object.assign(Object.create(null) as object, { a: 1 })
    expect(jsonSize(bare, NO_LIMIT)).toEqual({ ok: true, bytes: 7 })
  })
})

describe('hostile shapes cost no more than the limits allow', () => {
  const limits = { maxBytes: LIMITS.maxEventDataBytes, maxDepth: LIMITS.maxDepth }

  test('a cycle ends', () => {
    const cycle: { self?: unknown; wide?: unknown[] } = {}
    cycle.self = cycle
    expect(jsonSize(cycle, limits)).toMatchObject({ ok: false, reason: 'too-deep' })
    expect(jsonSize(cycle, { maxBytes: 1_000, maxDepth: Infinity })).toMatchObject({ reason: 'too-large' })
    cycle.wide = Array<unknown>(1_000).fill(cycle)
    expect(jsonSize(cycle, limits).ok).toBe(false)
  })

  test('an object that is referred to a thousand million times is not walked through', () => {
    let value: unknown = 'x'
    let reads = 0
    for (let level = 0; level < 9; level++) {
      const inner = value
      const entry = { enumerable: true, get: () => (reads++, inner) }
      value = Object.defineProperties({}, Object.fromEntries(Array.from('abcdefghij', (key) => [key, entry])))
    }
    expect(jsonSize(value, limits)).toMatchObject({ ok: false, reason: 'too-large' })
    expect(reads).toBeLessThan(limits.maxBytes)
  })

  test('a long array that is too large is not walked through', () => {
    const array = new Proxy(Array<number>(1_000_000).fill(0), {
      get: (target, key) => {
        if (key !== 'length' && key !== 'toJSON') throw new Error('an item was read')
        return Reflect.get(target, key) as unknown
      },
    })
    expect(jsonSize({ array }, limits)).toMatchObject({ reason: 'too-large' })
  })

  test('a path is cut where a key is long', () => {
    const value = { ['k'.repeat(10_000)]: undefined }
    expect(jsonSize(value, limits)).toMatchObject({ path: `/${'k'.repeat(64)}…` })
  })
})
