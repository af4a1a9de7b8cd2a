import { describe, expect, it } from 'vitest'
import { checkTimestamp } from './check-timestamp'

const check = (text: string, nowMs: number, toleranceSeconds = 300) =>
  checkTimestamp(text, 'webhook-timestamp', nowMs, toleranceSeconds)

describe('a timestamp', () => {
  it.each([
    ['the same second', 0],
    ['the whole tolerance in the past', 300_000],
    ['the last millisecond of that second', 300_999],
    ['the whole tolerance in the future', -300_000],
  ])('is taken at %s', (_, aheadMs) => {
    expect(check('1700000000', 1_700_000_000_000 + aheadMs)).toEqual({ ok: true, value: 1_700_000_000_000 })
  })

  it.each([
    ['too old one second later', 301_000, 'timestamp_too_old'],
    ['too new one millisecond earlier', -300_001, 'timestamp_too_new'],
    ['too old by a clock that is none', NaN, 'timestamp_too_old'],
  ])('is %s', (_, aheadMs, code) => {
    expect(check('1700000000', 1_700_000_000_000 + aheadMs)).toMatchObject({ ok: false, code })
  })

  it('must be this very second where the tolerance is 0', () => {
    expect(check('10', 10_999, 0).ok).toBe(true)
    expect(check('10', 11_000, 0).ok).toBe(false)
    expect(check('10', 9_999, 0).ok).toBe(false)
  })

  it.each(['', ' 1', '1 ', '+1', '-1', '1.0', '1e9', '0x1', '01', '1700000000000', '١', 'NaN', 'Infinity'])(
    'is strict digits, and %j is malformed',
    (text) => {
      expect(check(text, 1_000)).toMatchObject({ ok: false, code: 'malformed_header' })
    },
  )
})
