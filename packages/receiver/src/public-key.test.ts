import { describe, expect, it } from 'vitest'
import { publicKey, type PublicKeyOptions } from './public-key'
import { sign } from './testing'
import { verify, verifySync } from './verify'

const ed = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])
const raw = new Uint8Array(await crypto.subtle.exportKey('raw', ed.publicKey))
const options: PublicKeyOptions = {
  name: 'acme',
  secret: raw,
  algorithm: 'ed25519',
  signature: { header: 'X-Sign', encoding: 'base64', separator: ' ' },
  id: { field: 'id' },
  type: { field: 'type' },
}

describe('a sender with a private key', () => {
  it('is known by one of several public keys, over any of several signatures', async () => {
    const other = new Uint8Array(32).fill(1)
    const provider = publicKey({ ...options, secret: [other, Buffer.from(raw).toString('hex')] })
    const { headers, body } = await sign(provider, {
      body: { id: 'e', type: 't' },
      privateKey: ed.privateKey,
    })
    headers['x-sign'] = `${'A'.repeat(86)}== ${headers['x-sign']}`
    expect(await verify(provider, { headers, body })).toMatchObject({
      matchedSecret: 1,
      strength: 'signed-without-time',
    })
    expect(() => verifySync(provider, { headers, body: `${String(body)} ` })).toThrow(
      'No signature or token matches',
    )
  })

  const p256 =
    'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqTxd43gyp8IOEto2LdIfjRQrIbsd4SXZkLW6jDutdhXSJCWHw8REntlo7aNDthvj+y7GjUuFDb/R1NGe1OPzpA=='
  it.each([
    ['another length', { ...options, secret: new Uint8Array(31) }, 'acme: that is no public key for ed25519'],
    ['a key of another algorithm', { ...options, secret: p256 }, 'acme: that is no public key for ed25519'],
    [
      'a key that is none',
      { ...options, algorithm: 'ecdsa-p256' },
      'acme: that is no public key for ecdsa-p256',
    ],
    ['another text', { ...options, secret: 'hello' }, 'acme: secret must be a public key in base64 or hex'],
    [
      'another algorithm',
      { ...options, algorithm: 'rsa' },
      'acme: algorithm must be one of ed25519, ecdsa-p256',
    ],
    ['a misspelt option', { ...options, key: raw }, 'publicKey: key is not an option'],
  ])('is not set up with %s', (_, wrong, message) => {
    expect(() => publicKey(wrong as never)).toThrow(message)
  })
})
