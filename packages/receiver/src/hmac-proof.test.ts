import { expect, it } from 'vitest'
import { codeProof } from './hmac-proof'
import { OpenedBody } from './opened-body'

it('computes one code for each secret and content, however many signatures came', () => {
  const computed: string[] = []
  const proof = codeProof(1, ([text]) => {
    computed.push(String(text))
    return [Uint8Array.of(1), Uint8Array.of(text === 'b' ? 2 : 3)]
  })
  const signatures = Array.from({ length: 16 }, (_, index) => Uint8Array.of(index === 15 ? 2 : 100 + index))
  const body = new OpenedBody('', JSON.parse)
  const claim = { signatures, timestampMs: null, id: undefined, type: undefined, body }
  expect(proof.prove({ ...claim, contents: [['a']] })).toBe(-1)
  expect(proof.prove({ ...claim, contents: [['a'], ['b']] })).toBe(1)
  expect(computed).toEqual(['a', 'a', 'b'])
})
