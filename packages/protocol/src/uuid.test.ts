import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createUuidV7, isUuidV7, nextTick } from './uuid'

const LAST_COUNT = 2 ** 42 - 1
const timeOf = (uuid: string) => Number.parseInt(uuid.replace('-', '').slice(0, 12), 16)

test('an id is a UUID of version 7 and holds the time', () => {
  const id = createUuidV7({ now: () => 1_769_851_800_123 })()
  expect(isUuidV7(id)).toBe(true)
  expect(timeOf(id)).toBe(1_769_851_800_123)
})

test('the ids of two generators in the same millisecond differ', () => {
  const now = () => 1_769_851_800_123
  const ids = Array.from({ length: 1_000 }, () => createUuidV7({ now })())
  expect(new Set(ids).size).toBe(1_000)
})

test('ids only go up, whatever the clock and the randomness do', () => {
  const clock = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(NaN, Infinity, -Infinity, 1e15, -1))
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 2_000 })
  fc.assert(
    fc.property(fc.array(clock, { minLength: 2 }), bytes, (times, random) => {
      let step = 0
      const uuid = createUuidV7({
        now: () => times[step]!,
        fillRandom: (target) => target.set(target.map((_, at) => random[at % random.length]!)),
      })
      let last = ''
      for (; step < times.length; step++) {
        const id = uuid()
        expect(isUuidV7(id), id).toBe(true)
        expect(id > last, `${last} then ${id}`).toBe(true)
        last = id
      }
    }),
  )
})

test('a clock that is set back is waited for, and followed again once it is ahead', () => {
  let now = 1_000
  const uuid = createUuidV7({ now: () => now })
  const first = uuid()
  now = 10
  const second = uuid()
  now = 1_001
  const third = uuid()
  expect([first, second, third].map(timeOf)).toEqual([1_000, 1_000, 1_001])
  expect([third, second, first].sort()).toEqual([first, second, third])
})

test('randomness is taken anew before it has been used twice', () => {
  let fills = 0
  const uuid = createUuidV7({ now: () => 1_000, fillRandom: (bytes) => bytes.fill(++fills) })
  const tails = Array.from({ length: 401 }, () => uuid().slice(-8))
  expect([...new Set(tails)]).toEqual(['01010101', '02020202', '03030303'])
})

describe('the counter', () => {
  test('starts with its top bit at zero, so that it has room', () => {
    const id = createUuidV7({ now: () => 1_000, fillRandom: (bytes) => bytes.fill(0xff) })()
    expect(id).toBe('00000000-03e8-77ff-bfff-ffffffffffff')
  })

  test('carries from its lower bits into its upper ones', () => {
    const uuid = createUuidV7({ now: () => 1_000, fillRandom: (bytes) => bytes.fill(0xff) })
    uuid()
    expect(uuid()).toBe('00000000-03e8-7800-8000-0000ffffffff')
  })

  test('moves the time on by a millisecond where it runs over', () => {
    expect(nextTick({ ms: 1_000, counter: LAST_COUNT - 1 }, 1_000, 7)).toEqual({
      ms: 1_000,
      counter: LAST_COUNT,
    })
    expect(nextTick({ ms: 1_000, counter: LAST_COUNT }, 1_000, 7)).toEqual({ ms: 1_001, counter: 0 })
  })
})

test.each([
  ['0190c8f4-7b1e-7abc-8def-0123456789ab', true],
  ['0190C8F4-7B1E-7ABC-BDEF-0123456789AB', true],
  ['0190c8f4-7b1e-4abc-8def-0123456789ab', false],
  ['0190c8f4-7b1e-7abc-7def-0123456789ab', false],
  ['0190c8f4-7b1e-7abc-8def-0123456789a', false],
  ['0190c8f4-7b1e-7abc-8def-0123456789ab\n', false],
  [Object('0190c8f4-7b1e-7abc-8def-0123456789ab'), false],
])('%j is a UUID of version 7: %s', (value, expected) => {
  expect(isUuidV7(value)).toBe(expected)
})
