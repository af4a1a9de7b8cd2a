import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBase64, encodeBase64 } from './base64'

describe('base64', () => {
  it('gives back what it has encoded', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), (bytes) => {
        expect(decodeBase64(encodeBase64(bytes))).toEqual(bytes)
      }),
    )
  })

  it.each([
    ['nothing', ''],
    ['no padding', 'AA'],
    ['too much padding', 'A==='],
    ['padding in the middle', 'AA==AAAA'],
    ['the alphabet for URLs', '__-_'],
    ['a space', 'AA A'],
    ['a line end', 'AAAA\n'],
    ['a letter outside ASCII', 'AAÀA'],
    ['bits that the padding leaves over', 'AB=='],
    ['bits that one padding sign leaves over', 'AAB='],
  ])('refuses %s', (_, text) => {
    expect(decodeBase64(text)).toBeNull()
  })

  it('takes only text that is the one encoding of its bytes', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('A', 'B', 'Z', 'a', 'z', '0', '9', '+', '/', '=', ' ', '-', '_', '\n'),
        }),
        (text) => {
          const bytes = decodeBase64(text)
          if (bytes) expect(encodeBase64(bytes)).toBe(text)
        },
      ),
    )
  })
})
