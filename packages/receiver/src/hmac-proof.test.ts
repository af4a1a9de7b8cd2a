import { expect, it } from 'vitest'
import { codeProof } from './hmac-proof'

it('computes one code for each secret and content, however many signatures came', () => {
  const computed: string[] = []
  const proof = codeProof(1, 'hex', ([text]) => {
    computed.push(String(text))
    return ['01', text === 'b' ? '0a' : '03']
  })
  const signatures = Array.from({ length: 16 }, (_, index) => (index === 15 ? '0A' : String(20 + index)))
  const places = signatures.flatMap((_, index) => [index * 3, index * 3 + 2])
  expect(proof.prove(signatures.join(' '), places, [['a']])).toBe(-1)
  expect(proof.prove(signatures.join(' '), places, [['a'], ['b']])).toBe(1)
  expect(computed).toEqual(['a', 'a', 'b'])
})

it('computes none where no entry is of the length', () => {
  const proof = codeProof(2, 'base64', () => {
    throw new Error('computed')
  })
  expect(proof.prove('AAE AAEAA=', [0, 3, 4, 10], [['a']])).toBe(-1)
})
