import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import vectors from '../vectors/retry.json'
import { parseRetryAfter, RETRY_WAITS, retryWaitMs, verdictOf } from './retry'

describe('the vectors of retrying', () => {
  test.each(vectors.verdicts)('status $status means $verdict', ({ status, verdict }) => {
    expect(verdictOf(status)).toBe(verdict)
  })

  test.each(vectors.waits)(
    'after $failures failures, with Retry-After $retryAfterMs and jitter $random: $waitMs ms',
    ({ waitMs, ...state }) => {
      expect(retryWaitMs(state)).toBe(waitMs)
    },
  )

  test.each(vectors.retryAfter)('Retry-After with $name', ({ header, nowMs, ms }) => {
    expect(parseRetryAfter(header, nowMs)).toBe(ms)
  })
})

const anyNumber = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(NaN, Infinity, -Infinity))

test('a wait is a whole number within its bounds and not below Retry-After, whatever it is made from', () => {
  fc.assert(
    fc.property(anyNumber, fc.option(anyNumber), anyNumber, (failures, retryAfterMs, random) => {
      const wait = retryWaitMs({ failures, retryAfterMs, random })
      expect(Number.isSafeInteger(wait)).toBe(true)
      expect(wait).toBeGreaterThanOrEqual(0)
      expect(wait).toBeLessThanOrEqual(RETRY_WAITS.maxRetryAfterMs + RETRY_WAITS.maxMs)
      const asked = retryAfterMs !== null && retryAfterMs > 0 ? retryAfterMs : 0
      expect(wait).toBeGreaterThanOrEqual(Math.floor(Math.min(asked, RETRY_WAITS.maxRetryAfterMs)))
    }),
  )
})

test('only a 2xx is an answer, and only a 4xx gives events up', () => {
  fc.assert(
    fc.property(fc.oneof(anyNumber, fc.integer({ min: 0, max: 999 })), (status) => {
      const verdict = verdictOf(status)
      expect(verdict === 'answered').toBe(status >= 200 && status < 300)
      if (verdict === 'refused' || verdict === 'split') expect(Math.floor(status / 100)).toBe(4)
    }),
  )
})

test('a date that a clock writes is read to the second', () => {
  const seconds = fc.integer({ min: 0, max: 4_102_444_800 })
  fc.assert(
    fc.property(seconds, seconds, (date, now) => {
      const header = new Date(date * 1000).toUTCString()
      expect(parseRetryAfter(header, now * 1000)).toBe(Math.max(0, (date - now) * 1000))
    }),
  )
})
