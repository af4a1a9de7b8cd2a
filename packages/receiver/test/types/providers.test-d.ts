import { verify, verifySync, type VerifiedWebhook } from '@arunika/receiver'
import {
  apiKey,
  github,
  gitlab,
  hmac,
  meta,
  stripe,
  twilio,
  type Provider,
} from '@arunika/receiver/providers'
import { describe, expectTypeOf, it } from 'vitest'

/** What a host with replay protection of its own demands. */
function takesSignedTime(provider: Provider<'signed'>) {
  return provider
}

const options = {
  name: 'acme',
  secret: 's',
  signature: { header: 'X-Sign', encoding: 'hex' },
  id: { field: 'id' },
  type: { or: 'any' },
} as const

describe('a provider', () => {
  it('tells in its type what it proves, so that a time can be demanded', () => {
    takesSignedTime(stripe({ secret: 's' }))
    // @ts-expect-error: signs no time
    takesSignedTime(github({ secret: 's' }))
    expectTypeOf(apiKey({ ...options, header: 'X-Key' }).strength).toEqualTypeOf<'token-only'>()
    expectTypeOf(gitlab({ secret: 's' }).strength).toEqualTypeOf<'signed' | 'token-only'>()
  })

  it('of your own tells it by its options', () => {
    const timestamp = { header: 'X-Time' }
    expectTypeOf(hmac(options).strength).toEqualTypeOf<'signed-without-time'>()
    expectTypeOf(hmac({ ...options, timestamp, signed: () => [] }).strength).toEqualTypeOf<'signed'>()
    expectTypeOf(hmac({ ...options, strength: 'token-only' }).strength).toEqualTypeOf<'token-only'>()
  })

  it('tells it in what verifies too', () => {
    const request = { headers: {}, body: '' }
    const webhook = verifySync(github({ secret: 's' }), request)
    expectTypeOf(webhook.strength).toEqualTypeOf<'signed-without-time'>()
    expectTypeOf(verify(stripe({ secret: 's' }), request)).resolves.toEqualTypeOf<VerifiedWebhook<'signed'>>()
  })
})

describe('the options of a preset', () => {
  it('are those of its scheme', () => {
    expectTypeOf(stripe).toBeCallableWith({ secret: ['new', 'old'], toleranceSeconds: 60 })
    expectTypeOf(twilio).toBeCallableWith({ secret: 's', url: 'https://example.com/' })
    expectTypeOf(meta).toBeCallableWith({ secret: new Uint8Array(1), verifyToken: 't' })
    // @ts-expect-error: signs no time
    github({ secret: 's', toleranceSeconds: 60 })
    // @ts-expect-error: signs no URL
    stripe({ secret: 's', url: 'https://example.com/' })
    // @ts-expect-error: no secret
    stripe({})
  })
})
