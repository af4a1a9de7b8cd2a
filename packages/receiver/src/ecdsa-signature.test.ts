import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { derEcdsaSignature, rawEcdsaSignature } from './ecdsa-signature'

describe('an ECDSA signature', () => {
  it('is the same after it was written as DER and read', () => {
    const side = fc
      .uint8Array({ minLength: 32, maxLength: 32 })
      .filter((bytes) => bytes.some((byte) => byte > 0))
    const short = side.map((bytes) => Uint8Array.from(bytes, (byte, index) => (index < 20 ? 0 : byte | 1)))
    fc.assert(
      fc.property(fc.oneof(side, short), fc.oneof(side, short), (r, s) => {
        const raw = new Uint8Array([...r, ...s])
        expect(rawEcdsaSignature(derEcdsaSignature(raw))).toEqual(raw)
      }),
    )
  })

  it.each([
    ['nothing', []],
    ['no sequence', [0x31, 6, 2, 1, 1, 2, 1, 1]],
    ['a wrong length', [0x30, 7, 2, 1, 1, 2, 1, 1]],
    ['one number', [0x30, 3, 2, 1, 1]],
    ['three numbers', [0x30, 9, 2, 1, 1, 2, 1, 1, 2, 1, 1]],
    ['an empty number', [0x30, 5, 2, 0, 2, 1, 1]],
    ['a negative number', [0x30, 6, 2, 1, 0x80, 2, 1, 1]],
    ['a needless zero', [0x30, 7, 2, 2, 0, 1, 2, 1, 1]],
    ['a number cut off', [0x30, 6, 2, 1, 1, 2, 2, 1]],
    ['a number too large', [0x30, 38, 2, 33, ...Array.from({ length: 33 }, () => 1), 2, 1, 1]],
  ])('is none where the DER holds %s', (_, bytes) => {
    expect(rawEcdsaSignature(Uint8Array.from(bytes))).toBeNull()
  })
})
