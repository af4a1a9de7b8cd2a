import { describe, expect, it } from 'vitest'
import { OpenedBody } from './opened-body'
import { headerReader } from './read-header'
import { readTimestamp, type TimestampForm } from './read-timestamp'
import { refuse } from './refuse'

function read(header: string, nowMs: number, form: Partial<TimestampForm> = {}) {
  const request = { header: headerReader({ time: header }), body: new OpenedBody('', JSON.parse), refuse }
  return readTimestamp({ header: 'time', ...form } as TimestampForm, request, nowMs)
}

const NOW = 1_700_000_000_000

describe('a timestamp', () => {
  it.each([
    ['the same second', 0],
    ['the whole tolerance in the past', 300_000],
    ['the last millisecond of that second', 300_999],
    ['the whole tolerance in the future', -300_000],
  ])('is taken at %s', (_, aheadMs) => {
    expect(read('1700000000', NOW + aheadMs)).toEqual({ text: '1700000000', ms: NOW })
  })

  it.each([
    ['too old one second later', 301_000, 'timestamp_too_old', 'past'],
    ['too new one millisecond earlier', -300_001, 'timestamp_too_new', 'future'],
    ['too old by a clock that is none', NaN, 'timestamp_too_old', 'past'],
  ])('is %s', (_, aheadMs, code, where) => {
    expect(() => read('1700000000', NOW + aheadMs)).toThrow(
      expect.objectContaining({ code, message: `The header time is more than 300 s in the ${where}.` }),
    )
  })

  it('must be this very second where the tolerance is 0', () => {
    const exact = { toleranceSeconds: 0 }
    expect(read('10', 10_999, exact).ms).toBe(10_000)
    expect(() => read('10', 11_000, exact)).toThrow()
    expect(() => read('10', 9_999, exact)).toThrow()
  })

  it('counts milliseconds where the scheme does', () => {
    const form = { unit: 'ms', toleranceSeconds: 1 } as const
    expect(read(String(NOW), NOW + 1_000, form)).toEqual({ text: String(NOW), ms: NOW })
    expect(() => read(String(NOW), NOW + 1_001, form)).toThrow()
  })

  it.each([' 1', '1 ', '+1', '-1', '1.0', '1e9', '0x1', '01', '1700000000000', '١', 'NaN', 'Infinity'])(
    'is strict digits, and %j is malformed',
    (text) => {
      expect(() => read(text, 1_000)).toThrow(expect.objectContaining({ code: 'malformed_header' }))
    },
  )
})

describe('a timestamp among signatures', () => {
  const form = { prefix: 't=', separator: ',' }

  it('is the one entry with its prefix', () => {
    expect(read('v1=a,t=1700000000,v0=b', NOW, form).ms).toBe(NOW)
  })

  it.each(['v1=a', 't=', 't=1700000000,t=1700000000', 't=1700000000;v1=a', 'xt=1700000000'])(
    'is malformed in %j',
    (text) => {
      expect(() => read(text, NOW, form)).toThrow(expect.objectContaining({ code: 'malformed_header' }))
    },
  )
})
