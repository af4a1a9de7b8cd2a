import fc from 'fast-check'
import { expect, it } from 'vitest'
import { equalBytes } from './equal-bytes'

it('is true of equal bytes alone', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 3, max: 2 }),
      fc.uint8Array({ maxLength: 3, max: 2 }),
      (left, right) => {
        expect(equalBytes(left, right)).toBe(left.join() === right.join())
      },
    ),
  )
})

it('sees a difference of one bit, wherever it is', () => {
  const bytes = new Uint8Array(32)
  for (let index = 0; index < bytes.length; index++) {
    for (let bit = 0; bit < 8; bit++) {
      const other = bytes.slice()
      other[index] = 1 << bit
      expect(equalBytes(bytes, other)).toBe(false)
    }
  }
})
