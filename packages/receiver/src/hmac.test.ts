import { describe, expect, it } from 'vitest'
import vectors from '../vectors/hmac.json'
import type { HmacHash } from './authentication-codes'
import { hmac, type HmacOptions } from './hmac'
import { sign } from './testing'
import { verify } from './verify'

const options: HmacOptions = {
  name: 'acme',
  secret: 'shared text',
  signature: { header: 'X-Signature', encoding: 'hex' },
  id: { header: 'X-Delivery' },
  type: { header: 'X-Event' },
}

describe.each(vectors.vectors)('the vector: $title', (vector) => {
  const provider = hmac({
    ...options,
    secret: vector.secret,
    hash: vector.hash as HmacHash,
    signature: { header: 'X-Signature', encoding: vector.encoding as 'hex', prefix: vector.prefix },
    ...(vector.timed && {
      timestamp: { header: 'X-Time' },
      signed: ({ timestamp, body }) => [timestamp, '.', body],
    }),
  })
  const seconds = vector.timestamp ?? '0'
  const headers = {
    'x-delivery': 'd-1',
    'x-event': 'ping',
    'x-time': seconds,
    'x-signature': vector.signature,
  }
  const body = Buffer.from(vector.bodyBase64, 'base64')
  const now = () => Number(seconds) * 1000

  it('verifies', async () => {
    const webhook = await verify(provider, { headers, body }, { now })
    expect(webhook).toMatchObject({ id: 'd-1', type: 'ping', matchedSecret: 0 })
    expect(webhook.strength).toBe(vector.timed ? 'signed' : 'signed-without-time')
    expect(webhook.timestamp).toEqual(vector.timed ? new Date(now()) : null)
  })

  it('is what the signer writes', async () => {
    const signed = await sign(provider, { id: 'd-1', type: 'ping', body, timestampMs: now() })
    expect(signed.headers['x-signature']).toBe(vector.signature)
    expect(signed.body).toEqual(new Uint8Array(body))
  })
})

describe('a sender of your own', () => {
  it('has its id, type and data where you say', async () => {
    const provider = hmac({
      ...options,
      id: { field: 'id' },
      type: { field: 'kind' },
      data: { field: 'object' },
    })
    const request = await sign(provider, { body: { id: 'e-1', kind: 'paid', object: [1] } })
    expect(await verify(provider, request)).toMatchObject({ id: 'e-1', type: 'paid', data: [1] })
  })

  it('has the whole body as data unless you say', async () => {
    const provider = hmac(options)
    const webhook = await verify(provider, await sign(provider, { body: { a: 1 } }))
    expect(webhook.data).toEqual({ a: 1 })
  })

  it('must sign the time that it sends', () => {
    expect(() => hmac({ ...options, timestamp: { header: 'X-Time' } })).toThrow('acme: give `signed`')
  })

  it.each([-1, NaN, Infinity, '300' as never])('cannot have the tolerance %s', (toleranceSeconds) => {
    const timestamp = { header: 'X-Time', toleranceSeconds }
    expect(() => hmac({ ...options, timestamp, signed: () => [] })).toThrow(
      'toleranceSeconds must be a number',
    )
  })

  const signature = options.signature
  const timestamp = { header: 'X-Time' }
  it.each([
    ['no options', undefined, 'hmac: give an object with options; they are name, secret, hash,'],
    ['no name', {}, "hmac: name must be the sender's name, as text"],
    ['an empty name', { ...options, name: '' }, 'hmac: name must be'],
    [
      'a misspelt option',
      { ...options, algorithm: 'x' },
      'hmac: algorithm is not an option; the options are',
    ],
    ['an unknown hash', { ...options, hash: 'MD5' }, 'acme: hash must be one of SHA-1, SHA-256, SHA-512'],
    ['no signature', { ...options, signature: undefined }, 'acme: signature: give an object with options'],
    [
      'an unknown part of the signature',
      { ...options, signature: { ...signature, delimiter: ' ' } },
      'acme: signature: delimiter is not an option; the options are header, field, encoding, prefix, separator',
    ],
    [
      'a signature without a header',
      { ...options, signature: { encoding: 'hex' } },
      "acme: signature must be { header: '…' } or { field: '…' }",
    ],
    [
      'an unknown encoding',
      { ...options, signature: { ...signature, encoding: 'base64url' } },
      'acme: signature.encoding must be one of hex, base64',
    ],
    [
      'a signature in two places',
      { ...options, signature: { ...signature, field: 'signature' } },
      "acme: signature must be { header: '…' } or { field: '…' }",
    ],
    [
      'a field that is none',
      { ...options, signature: { field: [], encoding: 'hex' } },
      "acme: signature must be { header: '…' } or { field: '…' }",
    ],
    [
      'an attempt without a header',
      { ...options, attempt: { plus: 1 } },
      "acme: attempt must be { header: '…' }",
    ],
    [
      'another count',
      { ...options, attempt: { header: 'a', plus: 2 } },
      "acme: attempt must be { header: '…' }",
    ],
    ['no prefix', { ...options, signature: { ...signature, prefix: 5 } }, 'acme: signature.prefix must be'],
    [
      'an empty separator',
      { ...options, signature: { ...signature, separator: '' } },
      'acme: signature.separator must be',
    ],
    [
      'a header alone',
      { ...options, signed: () => [], timestamp: 'X-Time' },
      'acme: timestamp: give an object',
    ],
    [
      'a misspelt tolerance',
      { ...options, signed: () => [], timestamp: { ...timestamp, toleranceSec: 5 } },
      'acme: timestamp: toleranceSec is not an option; the options are header, field, toleranceSeconds',
    ],
    [
      'a time without a header',
      { ...options, signed: () => [], timestamp: { toleranceSeconds: 5 } },
      "acme: timestamp must be { header: '…' } or { field: '…' }",
    ],
    ['no function', { ...options, timestamp, signed: 'body' }, 'acme: signed must be a function'],
    ['no id', { ...options, id: undefined }, "acme: id must be { header: '…' } or { field: '…' }"],
    ['a name alone', { ...options, type: 'type' }, "acme: type must be { header: '…' } or { field: '…' }"],
    ['two places', { ...options, data: { header: 'a', field: 'b' } }, 'acme: data must be'],
    ['another place', { ...options, data: { query: 'a' } }, 'acme: data must be'],
    ['no secret', { ...options, secret: undefined }, 'acme: secret must be text that is not empty'],
  ])('is told what to pass instead of %s, and never the secret', (_, wrong, message) => {
    const build = () => hmac(wrong as never)
    expect(build).toThrow(TypeError)
    expect(build).toThrow(message)
    expect(build).not.toThrow('shared text')
  })

  it('never shows its secret', () => {
    const seen = JSON.stringify(hmac({ ...options, secret: 'hush' }), (_, value: unknown) =>
      typeof value === 'function' ? String(value) : value,
    )
    expect(seen).toContain('acme')
    expect(seen).not.toContain('hush')
    expect(seen).not.toContain('"104"')
  })
})
