import { verify, verifySync, type VerifiedWebhook } from '@arunika/receiver'
import {
  apiKey,
  bodyHash,
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

describe('a part of an event', () => {
  it('may be made by a function, that of the id by an async one too', () => {
    const { name, signature } = options
    const own = { name, secret: 's', signature }
    const later = () => Promise.resolve('made')
    hmac({ ...own, id: { or: later }, type: { field: 'type', or: () => 'made' } })
    hmac({ ...own, id: { field: 'id', or: bodyHash }, type: { or: 'any' } })
    // @ts-expect-error: the type is read at once
    hmac({ ...own, id: { field: 'id' }, type: { or: later } })
    // @ts-expect-error: a promise by Web Crypto
    hmac({ ...own, id: { field: 'id' }, type: { field: 'type', or: { field: 'kind', or: bodyHash } } })
  })

  it('may be the attempt', () => {
    hmac({ ...options, attempt: { header: 'X-Try', plus: 1 } })
    // @ts-expect-error: counts from 1 or from 2
    hmac({ ...options, attempt: { header: 'X-Try', plus: 2 } })
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
