import fc from 'fast-check'
import { expect, test } from 'vitest'
import { correctTimestamp, timestampOutlier } from './clock'
import { LIMITS } from './limits'
import { FIRST_TIMESTAMP_MS, formatTimestamp, LAST_TIMESTAMP_MS } from './time'

const NOW = 1_767_225_600_000
const tolerance = LIMITS.clockSkewToleranceMs

test.each([
  ['no sentAt', null, 0],
  ['the same clock', NOW, 0],
  ['a clock that is just near enough', NOW - tolerance, 0],
  ['a clock behind', NOW - tolerance - 1, tolerance + 1],
  ['a clock ahead', NOW + tolerance + 1, -tolerance - 1],
  ['a clock of 1970', 0, NOW],
])('with %s the event moves accordingly', (_, sentAt, by) => {
  expect(correctTimestamp(5_000, sentAt, NOW)).toBe(5_000 + by)
})

test('what comes out can always be written, so that no sender’s clock breaks the server', () => {
  const time = fc.integer({ min: FIRST_TIMESTAMP_MS, max: LAST_TIMESTAMP_MS })
  fc.assert(
    fc.property(time, fc.option(time), time, (timestamp, sentAt, receivedAt) => {
      expect(() => formatTimestamp(correctTimestamp(timestamp, sentAt, receivedAt))).not.toThrow()
    }),
    { examples: [[LAST_TIMESTAMP_MS, 0, NOW]] },
  )
})

test('the events of one request keep their distances and their order', () => {
  const time = fc.integer({ min: 0, max: 2 * NOW })
  fc.assert(
    fc.property(time, time, time, (first, second, sentAt) => {
      const moved = [first, second].map((ms) => correctTimestamp(ms, sentAt, NOW)) as [number, number]
      expect(moved[1] - moved[0]).toBe(second - first)
    }),
  )
})

test.each([
  [NOW, null],
  [NOW + 86_400_000, null],
  [NOW + 86_400_001, 'future'],
  [LAST_TIMESTAMP_MS, 'future'],
  [NOW - 10 * 365 * 86_400_000, null],
  [NOW - 10 * 365 * 86_400_000 - 1, 'ancient'],
  [FIRST_TIMESTAMP_MS, 'ancient'],
])('a time of %d is marked %s', (timestamp, mark) => {
  expect(timestampOutlier(timestamp, NOW)).toBe(mark)
})
