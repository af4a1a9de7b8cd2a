import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeBase64 } from './base64'
import { derEcdsaSignature } from './ecdsa-signature'
import { encodeHex } from './hex'
import * as web from './platform'
import * as node from './platform.node'

const plain = (bytes: Uint8Array | null) => (bytes === null ? null : [...bytes])
const part = fc.oneof(fc.string({ unit: 'binary' }), fc.uint8Array())

describe("Web Crypto and Node's own crypto", () => {
  it('give the same codes and hashes', async () => {
    const hash = fc.constantFrom('SHA-1' as const, 'SHA-256' as const, 'SHA-512' as const)
    const encoding = fc.constantFrom('hex' as const, 'base64' as const)
    const keys = fc.array(fc.uint8Array({ minLength: 1, maxLength: 200 }), { minLength: 1, maxLength: 3 })
    await fc.assert(
      fc.asyncProperty(
        hash,
        encoding,
        keys,
        fc.array(part, { maxLength: 5 }),
        async (name, written, secrets, content) => {
          const there = await web.hmacBy(name, written, secrets)(content)
          expect(await node.hmacBy(name, written, secrets)(content)).toEqual(there)
          expect(plain(node.digest(name, content))).toEqual(plain(await web.digest(name, content)))
        },
      ),
    )
  })

  it('take each text by itself, also where two halves of a character meet', async () => {
    const halves = ['a\ud83d', '\ude00b', '\ud83d\ud83d', '\ude00', '', '\ud83d']
    const whole = await web.digest('SHA-256', ['a\ud83d\ude00b'])
    for (const content of [halves, halves.slice(0, 2)]) {
      expect(plain(node.digest('SHA-256', content))).toEqual(plain(await web.digest('SHA-256', content)))
      expect(plain(node.digest('SHA-256', content))).not.toEqual(plain(whole))
    }
  })

  it('decode the same texts, and refuse the same', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.string({
        unit: fc.constantFrom('A', 'B', 'Q', 'g', 'w', '0', '8', '+', '/', '=', 'f', 'F', '-', '_', '\n'),
      }),
      fc.uint8Array().map(encodeBase64),
      fc.uint8Array().map(encodeHex),
    )
    fc.assert(
      fc.property(text, (written) => {
        expect(plain(node.decodeBase64(written))).toEqual(plain(web.decodeBase64(written)))
        expect(plain(node.decodeHex(written))).toEqual(plain(web.decodeHex(written)))
      }),
      { numRuns: 2_000 },
    )
  })
})

describe.each([
  ['Web Crypto', web],
  ['Node', node],
])('public keys by %s', (_, platform) => {
  it.each(['ed25519', 'ecdsa-p256'] as const)('check signatures: %s', async (algorithm) => {
    const ed25519 = algorithm === 'ed25519'
    const name = ed25519 ? 'Ed25519' : { name: 'ECDSA', namedCurve: 'P-256' }
    const pair = (await crypto.subtle.generateKey(name, true, ['sign', 'verify'])) as CryptoKeyPair
    const key = new Uint8Array(await crypto.subtle.exportKey(ed25519 ? 'raw' : 'spki', pair.publicKey))
    const check = platform.signatureCheck(algorithm, key)
    for (let count = 0; count < 20; count++) {
      const content = `message ${count}`
      const how = ed25519 ? 'Ed25519' : { name: 'ECDSA', hash: 'SHA-256' }
      const raw = await crypto.subtle.sign(how, pair.privateKey, new TextEncoder().encode(content))
      const signature = ed25519 ? new Uint8Array(raw) : derEcdsaSignature(new Uint8Array(raw))
      expect(await check([content.slice(0, 3), new TextEncoder().encode(content.slice(3))], signature)).toBe(
        true,
      )
      expect(await check([`${content} `], signature)).toBe(false)
      for (const index of [0, 1, 2, 3, 4, 40, signature.length - 1]) {
        const wrong = signature.slice()
        wrong[index]! ^= 1
        expect(await check([content], wrong)).toBe(false)
      }
      expect(await check([content], signature.subarray(1))).toBe(false)
      expect(await check([content], new Uint8Array([...signature, 0]))).toBe(false)
      expect(await check([content], new Uint8Array())).toBe(false)
    }
  })
})
