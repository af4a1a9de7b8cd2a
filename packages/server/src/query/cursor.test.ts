import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeCursor, encodeCursor, parseLimit, toPage } from './cursor'

const refusal = expect.objectContaining({ code: 'invalid_query' })

describe('a cursor', () => {
  it('comes back as it was given out', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.string({ maxLength: 60 }), (at, id) => {
        expect(decodeCursor(encodeCursor({ at, id }))).toEqual({ at, id })
      }),
    )
  })

  it('is none where it is missing or empty', () => {
    expect(decodeCursor(undefined)).toBeNull()
    expect(decodeCursor('')).toBeNull()
  })

  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  it.each([
    'x',
    '%%%',
    encode(null),
    encode({ at: 1, id: 'a' }),
    encode(['1', 'a']),
    encode([1.5, 'a']),
    encode([1, 2]),
    encode([1e300, 'a']),
    encode([1, 'a'.repeat(257)]),
  ])('is refused where this server never gave it out: %s', (text) => {
    expect(() => decodeCursor(text)).toThrow(refusal)
  })

  it('never throws anything but a refusal', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          decodeCursor(text)
        } catch (error) {
          expect(error).toEqual(refusal)
        }
      }),
    )
  })
})

describe('a limit', () => {
  it('is 50 where it is missing, and 1,000 where more is asked for', () => {
    expect(parseLimit(undefined)).toBe(50)
    expect(parseLimit('1')).toBe(1)
    expect(parseLimit('1000')).toBe(1_000)
    expect(parseLimit('1001')).toBe(1_000)
    expect(parseLimit('9'.repeat(400))).toBe(1_000)
  })

  it.each(['0', '00', '-1', '1.5', '1e2', ' 1', 'ten'])('is refused as %j', (text) => {
    expect(() => parseLimit(text)).toThrow(refusal)
  })
})

describe('a page', () => {
  const read = { item: (n: number) => n * 10, cursor: (n: number) => ({ at: n, id: 'x' }) }

  it('ends with a cursor of its last row where there is one row more', () => {
    expect(toPage([1, 2, 3], 2, read)).toEqual({
      items: [10, 20],
      nextCursor: encodeCursor({ at: 2, id: 'x' }),
    })
  })

  it('is the last one where there is none', () => {
    expect(toPage([1, 2], 2, read)).toEqual({ items: [10, 20], nextCursor: null })
    expect(toPage([], 2, read)).toEqual({ items: [], nextCursor: null })
  })
})
