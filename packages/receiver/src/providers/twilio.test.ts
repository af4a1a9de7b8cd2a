import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { sign } from '../testing'
import { verify, verifySync } from '../verify'
import { twilio } from './twilio'

const url = 'https://example.com/webhooks/twilio'
const provider = twilio({ secret: 'hush', url })

describe('a form', () => {
  const form = (count: number) => Array.from({ length: count }, (_, index) => `f${index}=v`).join('&')

  it('of 1,000 fields is taken, and one of more is refused before anything is sorted', async () => {
    const delivery = await sign(provider, { body: form(1_000) })
    expect(verifySync(provider, delivery).type).toBe('request')
    const many = await sign(provider, { body: form(1_001) })
    await expect(verify(provider, many)).rejects.toMatchObject({ code: 'malformed_body', status: 400 })
  })

  it('is sorted by name, and of one name each value stands once', () => {
    const signature = createHmac('sha1', 'hush').update(`${url}AB2a0a1b`).digest('base64')
    const request = { headers: { 'x-twilio-signature': signature }, url }
    expect(verifySync(provider, { ...request, body: 'b=&a=1&A=B2&a=0&a=1' }).strength).toBe(
      'signed-without-time',
    )
  })

  it('is the same as text and as bytes', () => {
    const signature = createHmac('sha1', 'hush').update(`${url}ab`).digest('base64')
    const headers = { 'x-twilio-signature': signature }
    for (const body of ['\uFEFFa=b', new TextEncoder().encode('\uFEFFa=b')]) {
      expect(verifySync(provider, { headers, body }).strength).toBe('signed-without-time')
    }
  })
})

describe('a JSON delivery', () => {
  it.each([url, `${url}?tenant=1`, `${url}?a=1&b=%20`])(
    'is taken where the URL is %s',
    async (configured) => {
      const own = twilio({ secret: 'hush', url: configured })
      const { headers, body, url: called = '' } = await sign(own, { body: { EventType: 'a' } })
      const path = called.slice('https://example.com'.length)
      expect(verifySync(own, { headers, body, url: path }).type).toBe('a')
      expect(() => verifySync(own, { headers, body: '{"EventType":"b"}', url: path })).toThrow(
        expect.objectContaining({ code: 'signature_mismatch' }),
      )
    },
  )

  it.each([
    ['http://example.com/a', 'http://example.com:80/a'],
    ['https://example.com/a?b=1', 'https://example.com:443/a?b=1'],
    ['https://example.com:8443/a', 'https://example.com/a'],
  ])('is signed with the port or without it: %s', (configured, signed) => {
    const signature = createHmac('sha1', 'hush').update(`${signed}ab`).digest('base64')
    const request = { headers: { 'x-twilio-signature': signature }, body: 'a=b' }
    expect(verifySync(twilio({ secret: 'hush', url: configured }), request).matchedSecret).toBe(0)
  })
})
