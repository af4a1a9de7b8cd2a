import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import vectors from '../vectors/batches.json'
import { batchLength, isFlushDue } from './batching'

describe('the vectors of batches', () => {
  test.each(vectors.lengths)('$name', ({ sizes, envelopeBytes, length, ...limits }) => {
    expect(batchLength(sizes, limits, envelopeBytes)).toBe(length)
  })

  test.each(vectors.flushes)('a flush: $name', ({ waiting, oldestAgeMs, due, ...options }) => {
    expect(isFlushDue({ waiting, oldestAgeMs }, options)).toBe(due)
  })
})

test('a batch is within its limits, and one more item would not be', () => {
  const items = fc.array(fc.string({ unit: 'binary', maxLength: 20 }), { maxLength: 30 })
  fc.assert(
    fc.property(items, fc.nat(20), fc.nat(300), (events, maxEvents, maxBytes) => {
      const bytesOf = (count: number) =>
        new TextEncoder().encode(JSON.stringify({ events: events.slice(0, count) })).length
      const sizes = events.map((event) => new TextEncoder().encode(JSON.stringify(event)).length)
      const length = batchLength(sizes, { maxEvents, maxBytes }, bytesOf(0))
      if (length > 0) {
        expect(length).toBeLessThanOrEqual(maxEvents)
        expect(bytesOf(length)).toBeLessThanOrEqual(maxBytes)
      }
      if (length < events.length) expect(length === maxEvents || bytesOf(length + 1) > maxBytes).toBe(true)
    }),
  )
})

test('no more sizes are read than the batch takes and one', () => {
  let read = 0
  function* endless() {
    for (;;) {
      read++
      yield 1
    }
  }
  expect(batchLength(endless(), { maxEvents: 3, maxBytes: 1_000 }, 13)).toBe(3)
  expect(read).toBe(4)
})

test('a size or a limit that is not a number lets nothing through', () => {
  expect(batchLength([1, NaN, 1], { maxEvents: 10, maxBytes: 100 }, 0)).toBe(1)
  expect(batchLength([1], { maxEvents: NaN, maxBytes: 100 }, 0)).toBe(0)
  expect(batchLength([1], { maxEvents: 10, maxBytes: NaN }, 0)).toBe(0)
  expect(batchLength([1], { maxEvents: 10, maxBytes: 100 }, NaN)).toBe(0)
})
