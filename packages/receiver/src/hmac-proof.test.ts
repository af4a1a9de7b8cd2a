import { describe, expect, it } from 'vitest'
import { codeProof } from './hmac-proof'

it('computes one code for each secret and content, however many signatures came', () => {
  const computed: string[] = []
  const proof = codeProof(1, 'hex', ([text]) => {
    computed.push(String(text))
    return ['01', text === 'b' ? '0a' : '03']
  })
  const signatures = Array.from({ length: 16 }, (_, index) => (index === 15 ? '0A' : String(20 + index)))
  const places = signatures.flatMap((_, index) => [index * 3, index * 3 + 2])
  expect(proof.prove(signatures.join(' '), places, () => [['a']])).toBe(-1)
  expect(proof.prove(signatures.join(' '), places, () => [['a'], ['b']])).toBe(1)
  expect(computed).toEqual(['a', 'a', 'b'])
})

it('makes no content, and computes none, where no entry is of the length', () => {
  const proof = codeProof(2, 'base64', () => {
    throw new Error('computed')
  })
  const contentsOf = () => {
    throw new Error('made')
  }
  expect(proof.prove('AAE AAEAA=', [0, 3, 4, 10], contentsOf)).toBe(-1)
})

describe('digits in upper case', () => {
  const proof = codeProof(2, 'hex', () => ['0aff'])

  it('are the same as in lower case', () => {
    expect(proof.prove('x,0AFF', [2, 6], () => [['a']])).toBe(0)
  })

  // In lower case, U+0130 is two characters.
  it.each([
    ['taken where they stand, behind other letters', '\u0130,0aff', [2, 6], 0],
    ['not taken where others are shifted to', '\u0130\u0130\u0130\u0130,0aff,0000', [10, 14], -1],
    ['not taken where they would be shifted to', '\u01300aff', [2, 6], -1],
  ])('are %s', (_, text, places, matched) => {
    expect(proof.prove(text, places, () => [['a']])).toBe(matched)
  })
})
