import fc from 'fast-check'
import { expect, it } from 'vitest'
import { findEntries } from './find-entries'
import { matchCodes } from './match-codes'
import { matchCodes as matchByWords } from './match-codes-by-words'

/** By what a reader would write, in no constant time. */
function expected(entries: string[], codes: string[]): number {
  return codes.findIndex((code) => entries.includes(code))
}

/** So few characters that equal entries are many; one of which the low byte is that of another. */
const entry = fc.string({ unit: fc.constantFrom('a', 'b', '\u0161'), maxLength: 9 })

it('of characters and of words gives the place of the first code that is an entry', () => {
  fc.assert(
    fc.property(
      fc.array(entry, { minLength: 1, maxLength: 16 }),
      fc.array(fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 9 }), { maxLength: 3 }),
      (entries, codes) => {
        const text = entries.join(' ')
        const places = findEntries(text, { separator: ' ' }, 16) ?? []
        expect(matchCodes(text, places, codes)).toBe(expected(entries, codes))
        expect(matchByWords(text, places, codes)).toBe(expected(entries, codes))
      },
    ),
    { numRuns: 2_000 },
  )
})

it('sees a difference of one bit, wherever it is', () => {
  const code = 'k'.repeat(45)
  for (let at = 0; at < code.length; at++) {
    for (let bit = 0; bit < 16; bit++) {
      const other = String.fromCharCode(code.charCodeAt(at) ^ (1 << bit))
      const wrong = code.slice(0, at) + other + code.slice(at + 1)
      for (const text of [wrong, `${wrong} ${wrong}`]) {
        const places = findEntries(text, { separator: ' ' }, 16) ?? []
        expect(matchCodes(text, places, [code])).toBe(-1)
        expect(matchByWords(text, places, [code])).toBe(-1)
      }
    }
  }
})
