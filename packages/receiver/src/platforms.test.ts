import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type * as providersModule from './providers'
import type * as receiverModule from './index'

/** What both platforms do alike. */
describe.each([
  ['Node', () => import('./platform.node')],
  ['Web Crypto', () => import('./platform')],
])('by %s', (_, platform) => {
  let receiver: typeof receiverModule
  let providers: typeof providersModule
  const unhandled = vi.fn()

  beforeAll(async () => {
    vi.resetModules()
    vi.doMock('#platform', platform)
    receiver = await import('./index')
    providers = await import('./providers')
    process.on('unhandledRejection', unhandled)
  })
  afterAll(() => {
    process.off('unhandledRejection', unhandled)
    vi.doUnmock('#platform')
    vi.resetModules()
  })

  describe('an id that a function makes', () => {
    const options = { name: 'acme', secret: 'hush', header: 'X-Key', type: { or: 'any' } } as const
    const request = { headers: { 'x-key': 'hush' }, body: '{}' }

    it.each([
      ['at once', () => 'made'],
      ['later', () => Promise.resolve('made')],
    ])('is made %s', async (__, or) => {
      for (const id of [{ or }, { field: 'id', or }, { field: 'id', or: { fields: ['a'], or } }]) {
        const provider = providers.apiKey({ ...options, id })
        expect((await receiver.verify(provider, request)).id).toBe('made')
        const handled = await receiver.createReceiver({ provider }).handle(request)
        expect(handled).toMatchObject({ status: 200, body: '{"received":true,"id":"made"}' })
      }
    })

    it('is the hash of the body by bodyHash', async () => {
      const provider = providers.apiKey({ ...options, id: { field: 'id', or: providers.bodyHash } })
      const hash = createHash('sha256').update('{}').digest('hex')
      expect((await receiver.verify(provider, request)).id).toBe(hash)
    })

    it('is missing where that fails, and no rejection is left', async () => {
      const or = () => Promise.reject(new Error('broken'))
      const provider = providers.apiKey({ ...options, id: { or } })
      const webhook = await receiver.verify(provider, request)
      expect(() => webhook.id).toThrow(expect.objectContaining({ code: 'malformed_payload' }))
      await new Promise((resolve) => setTimeout(resolve))
      expect(unhandled).not.toHaveBeenCalled()
    })
  })

  describe('what cannot be read', () => {
    const hash = createHash('sha256').update('{}').digest('hex')
    const revoked = () => {
      const { proxy, revoke } = Proxy.revocable({}, {})
      revoke()
      return proxy
    }

    it.each([
      [
        'a header that throws',
        () => ({
          headers: Object.defineProperty({}, 'x-twilio-signature', {
            enumerable: true,
            get: () => {
              throw new Error('boom')
            },
          }),
        }),
      ],
      ['headers that were revoked', () => ({ headers: revoked() })],
      [
        'headers that throw what was revoked',
        () => ({
          get headers() {
            throw revoked() // eslint-disable-line @typescript-eslint/only-throw-error -- what is tested
          },
        }),
      ],
    ])('is refused, and nothing else is thrown: %s', async (__, make) => {
      const url = `https://example.com/?bodySHA256=${hash}`
      // The scheme that reads its headers late, where a hash takes a promise.
      const provider = providers.twilio({ secret: 'hush' })
      const request = Object.assign(make(), { body: '{}', url })
      await expect(receiver.verify(provider, request as never)).rejects.toMatchObject({
        name: 'WebhookVerificationError',
        code: 'unreadable_request',
      })
    })
  })
})
