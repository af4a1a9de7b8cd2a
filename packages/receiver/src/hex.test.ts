import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeHex, encodeHex } from './hex'

describe('hex', () => {
  it('gives back what it has encoded, in either case', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), (bytes) => {
        expect(decodeHex(encodeHex(bytes))).toEqual(bytes)
        expect(decodeHex(encodeHex(bytes).toUpperCase())).toEqual(bytes)
      }),
    )
  })

  it.each(['', 'a', 'abc', 'zz', '0x', ' a', '1_', '+1', 'ab\n'])('refuses %j', (text) => {
    expect(decodeHex(text)).toBeNull()
  })
})
