import fc from 'fast-check'
import { expect, test } from 'vitest'
import { characterCount, isPlainText, storableText, utf8Length } from './text'

/** Any UTF-16: letters, pairs, halves of pairs, control characters. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 })
    .map((units) => String.fromCharCode(...units)),
  fc
    .array(fc.constantFrom('\ud83c', '\udf05', '🌅', 'a', '\0', '\u009f', '\u00a0'))
    .map((parts) => parts.join('')),
)

test('the length in UTF-8 is what an encoder writes', () => {
  fc.assert(fc.property(text, (value) => utf8Length(value) === new TextEncoder().encode(value).length))
})

test('characters are counted as code points, up to one more than the limit', () => {
  fc.assert(
    fc.property(text, fc.nat(50), (value, limit) => {
      expect(characterCount(value, limit)).toBe(Math.min(Array.from(value).length, limit + 1))
    }),
  )
})

test('plain text has no control character and no half of a pair', () => {
  fc.assert(fc.property(text, (value) => isPlainText(value) === !/[\p{Cc}\p{Cs}]/u.test(value)))
})

test.each(['\0', '\u001f', '\u007f', '\u0080', '\u009f', '\ud800', '\udfff', '\udc00\ud800'])(
  '%j is no plain text',
  (value) => {
    expect(isPlainText(`a${value}b`)).toBe(false)
  },
)

test('spaces, soft hyphens and all that is printed are plain text', () => {
  expect(isPlainText(' ~\u00a0\u00ad\ud7ff\ue000\uffff🌅')).toBe(true)
})

test('storable text differs in NUL and halves of pairs alone, and an encoder keeps it as it is', () => {
  fc.assert(
    fc.property(text, (value) => {
      const stored = storableText(value)
      expect(new TextDecoder().decode(new TextEncoder().encode(stored))).toBe(stored.replace(/^\uFEFF/, ''))
      expect(Array.from(stored)).toEqual(
        Array.from(value, (character) => (/^[\0\p{Cs}]$/u.test(character) ? '\uFFFD' : character)),
      )
    }),
  )
})
