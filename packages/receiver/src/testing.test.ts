import { describe, expect, it } from 'vitest'
import { presets, vectors } from '../test/support/presets'
import { encodeBase64 } from './base64'
import { apiKey, bearer, discord, hmac, mailgun, sendgrid, standardWebhooks, twilio } from './providers'
import { sign } from './testing'
import { verify } from './verify'

const provider = standardWebhooks({ secret: 'whsec_AAAA' })

it.each([
  ['no provider', {}, { body: '' }, 'sign: give a provider'],
  ['no options', provider, undefined, 'sign: give an object with options; they are body,'],
  ['a misspelt option', provider, { body: '', timestamp: 5 }, 'sign: timestamp is not an option'],
])('a delivery is not signed with %s', async (_, from, options, message) => {
  const signed = sign(from as never, options as never)
  await expect(signed).rejects.toThrow(TypeError)
  await expect(signed).rejects.toThrow(message)
})

const PRIVATE = ['discord', 'sendgrid']
const symmetric = vectors.filter(
  ({ preset, title }) => !PRIVATE.includes(preset) && !title.includes('asymmetric'),
)

describe('what the signer writes', () => {
  it.each(symmetric)('verifies: $preset, $title', async ({ preset, options, headers, bodyBase64 }) => {
    const made = presets[preset]!(options)
    const text = Buffer.from(bodyBase64, 'base64').toString()
    const type = headers['content-type']
    const body = type.includes('form')
      ? new URLSearchParams(text)
      : /^[{[]/.test(text)
        ? JSON.parse(text)
        : text
    const delivery = await sign(made, { body, id: 'id-1', type: 'type-1' })
    const webhook = await verify(made, delivery)
    expect(webhook.id).not.toBe('')
    expect(webhook.type).not.toBe('')
  })

  it('verifies at the time that was told, by the method and URL that were told', async () => {
    const timestampMs = 1_600_000_000_123
    const made = hmac({
      name: 'acme',
      secret: 's',
      signature: { header: 'X-Sign', encoding: 'base64' },
      timestamp: { header: 'X-Time', unit: 'ms' },
      signed: ({ method, url, timestamp, body }) => [method, url, timestamp, body],
      url: 'request',
      id: { field: 'id' },
      type: { or: 'any' },
    })
    const url = 'https://example.com/x?y=1'
    const delivery = await sign(made, { body: { id: 1 }, timestampMs, url, method: 'put' })
    const webhook = await verify(made, { ...delivery, method: 'PUT' }, { now: () => timestampMs })
    expect(webhook).toMatchObject({ id: '1', type: 'any', timestamp: new Date(timestampMs) })
    const other = verify(made, { ...delivery, method: 'POST' }, { now: () => timestampMs })
    await expect(other).rejects.toMatchObject({ code: 'signature_mismatch' })
  })

  it('holds what a provider writes into the body', async () => {
    const delivery = await sign(mailgun({ secret: 's' }), {
      id: 't-1',
      body: { 'event-data': { event: 'opened' } },
    })
    expect(JSON.parse(String(delivery.body))).toMatchObject({ signature: { token: 't-1' } })
    await expect(sign(mailgun({ secret: 's' }), { body: '{}' })).rejects.toThrow('give the body as an object')
  })

  it('has the hash of a JSON body in the URL, for Twilio', async () => {
    const made = twilio({ secret: 's', url: 'https://example.com/hooks' })
    const delivery = await sign(made, { body: { a: 1 } })
    expect(delivery.url).toMatch(/^https:\/\/example\.com\/hooks\?bodySHA256=[0-9a-f]{64}$/)
    expect((await verify(made, delivery)).payload).toEqual({ a: 1 })
    // Node tells the path alone.
    expect((await verify(made, { ...delivery, url: delivery.url!.slice(19) })).payload).toEqual({ a: 1 })
    await expect(verify(made, { ...delivery, body: '{"a":2}' })).rejects.toMatchObject({
      code: 'signature_mismatch',
    })
  })
})

describe('a provider with a private key', () => {
  it('signs by the one that it is given', async () => {
    const ed = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])
    const raw = new Uint8Array(await crypto.subtle.exportKey('raw', ed.publicKey))
    const ec = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
      'sign',
      'verify',
    ])
    const spki = new Uint8Array(await crypto.subtle.exportKey('spki', ec.publicKey))
    for (const [made, privateKey] of [
      [discord({ secret: Buffer.from(raw).toString('hex') }), ed.privateKey],
      [standardWebhooks({ secret: `whpk_${encodeBase64(raw)}` }), ed.privateKey],
      [sendgrid({ secret: encodeBase64(spki) }), ec.privateKey],
    ] as const) {
      const delivery = await sign(made, { body: { type: 'a.b' }, privateKey })
      expect(await verify(made, delivery)).toMatchObject({ strength: 'signed' })
      await expect(sign(made, { body: {} })).rejects.toThrow('sign: this provider signs by a private key')
    }
  })
})

describe('a provider with a token', () => {
  it('sends it', async () => {
    const event = { id: { field: 'id' }, type: { field: 'type' } }
    const key = apiKey({ name: 'acme', secret: ['new', 'old'], header: 'X-Key', ...event })
    expect((await sign(key, { body: {} })).headers).toMatchObject({ 'x-key': 'new' })
    const token = bearer({ name: 'acme', secret: 'token', ...event })
    expect((await sign(token, { body: {} })).headers).toMatchObject({ authorization: 'Bearer token' })
  })
})
