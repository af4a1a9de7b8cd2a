import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FIRST_TIMESTAMP_MS, formatTimestamp, LAST_TIMESTAMP_MS, parseTimestamp } from './time'

const writable = fc.integer({ min: FIRST_TIMESTAMP_MS, max: LAST_TIMESTAMP_MS })

test('a time that was written is read as it was, in 24 characters', () => {
  fc.assert(
    fc.property(writable, (ms) => {
      const text = formatTimestamp(ms)
      expect(text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
      expect(parseTimestamp(text)).toBe(ms)
    }),
  )
})

test('what is read agrees with the platform’s own reading, and can be written', () => {
  const digits = (max: number, length: number) => fc.nat(max).map((n) => String(n).padStart(length, '0'))
  const zone = fc.oneof(
    fc.constant('Z'),
    fc
      .tuple(fc.constantFrom('+', '-'), digits(23, 2), digits(59, 2))
      .map(([sign, h, m]) => `${sign}${h}:${m}`),
  )
  const text = fc
    .tuple(digits(9999, 4), digits(13, 2), digits(32, 2), digits(25, 2), digits(61, 2), digits(61, 2), zone)
    .map(([y, mo, d, h, mi, s, z]) => `${y}-${mo}-${d}T${h}:${mi}:${s}.5${z}`)
  fc.assert(
    fc.property(text, (value) => {
      const ms = parseTimestamp(value)
      if (ms === null) return
      expect(ms).toBe(Date.parse(value))
      expect(parseTimestamp(formatTimestamp(ms))).toBe(ms)
    }),
    { numRuns: 500 },
  )
})

describe('formatTimestamp throws a RangeError', () => {
  test.each([FIRST_TIMESTAMP_MS - 1, LAST_TIMESTAMP_MS + 1, NaN, Infinity, -Infinity, 8.64e15])(
    'for %d',
    (ms) => {
      expect(() => formatTimestamp(ms)).toThrow(RangeError)
    },
  )
})

test('a fraction of a millisecond is cut', () => {
  expect(formatTimestamp(LAST_TIMESTAMP_MS + 0.9)).toBe('9999-12-31T23:59:59.999Z')
})
