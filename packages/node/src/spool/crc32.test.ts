import fc from 'fast-check'
import { expect, test } from 'vitest'
import { crc32, crc32ByTable } from './crc32'

test.each([
  ['', 0],
  ['123456789', 0xcbf43926],
  ['The quick brown fox jumps over the lazy dog', 0x414fa339],
])('of %j is what the standard says', (text, expected) => {
  expect(crc32(text)).toBe(expected)
  expect(crc32ByTable(text)).toBe(expected)
})

test('is the same by the platform and by the table, of text and of its bytes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const expected = crc32(Buffer.from(text))
      expect([crc32(text), crc32ByTable(text), crc32ByTable(Buffer.from(text))]).toEqual([
        expected,
        expected,
        expected,
      ])
    }),
  )
})
