import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Provider } from './provider'
import { discord, dropbox, github, meta, slack, trello, zoom } from './providers'

function shake(provider: Provider, request: { method?: string; url?: string; payload?: unknown }) {
  return provider.handshake?.({ header: () => undefined, ...request })
}
const text = { 'content-type': 'text/plain', 'x-content-type-options': 'nosniff' }
const json = { 'content-type': 'application/json' }
const secret = 'hush'

describe('a handshake', () => {
  it('of Slack gives the challenge back', () => {
    const payload = { type: 'url_verification', challenge: 'c-1', token: 't' }
    const answer = { status: 200, headers: json, body: '{"challenge":"c-1"}' }
    expect(shake(slack({ secret }), { method: 'POST', payload })).toEqual(answer)
    expect(shake(slack({ secret }), { payload })).toEqual(answer)
  })

  it('of Slack is none without a challenge', () => {
    for (const challenge of [undefined, '', {}]) {
      expect(shake(slack({ secret }), { payload: { type: 'url_verification', challenge } })).toBeNull()
    }
  })

  it('of Zoom signs the token by the newest secret', () => {
    const payload = { event: 'endpoint.url_validation', payload: { plainToken: 'p-1' } }
    const encryptedToken = createHmac('sha256', secret).update('p-1').digest('hex')
    expect(shake(zoom({ secret: [secret, 'old'] }), { payload })).toEqual({
      status: 200,
      headers: json,
      body: JSON.stringify({ plainToken: 'p-1', encryptedToken }),
    })
  })

  it('of Discord answers a PING, of interactions and of events', () => {
    const provider = discord({ secret: '01'.repeat(32) })
    expect(shake(provider, { payload: { type: 1 } })).toEqual({
      status: 200,
      headers: json,
      body: '{"type":1}',
    })
    expect(shake(provider, { payload: { type: 0 } })).toEqual({ status: 204, headers: {}, body: '' })
    expect(shake(provider, { payload: { type: 1, event: { type: 'ENTITLEMENT_CREATE' } } })).toBeNull()
    expect(shake(provider, { payload: { type: 2 } })).toBeNull()
  })

  const subscribe = (token: string) =>
    `/hooks?hub.mode=subscribe&hub.verify_token=${token}&hub.challenge=11%3Cb%3E`

  it('of Meta gives the challenge to who knows the token, as plain text', () => {
    const provider = meta({ secret, verifyToken: 'mine' })
    expect(shake(provider, { method: 'GET', url: subscribe('mine') })).toEqual({
      status: 200,
      headers: text,
      body: '11<b>',
    })
    expect(shake(provider, { method: 'GET', url: `https://example.com${subscribe('mine')}` })).not.toBeNull()
    for (const url of [
      subscribe('min'),
      subscribe('other'),
      subscribe(''),
      '/hooks?hub.challenge=1',
      '/hooks',
      undefined,
    ]) {
      expect(shake(provider, { method: 'GET', ...(url !== undefined && { url }) })).toBeNull()
    }
    expect(shake(provider, { method: 'POST', url: subscribe('mine') })).toBeNull()
  })

  it('of Meta needs a token of yours', () => {
    expect(shake(meta({ secret }), { method: 'GET', url: subscribe('') })).toBeNull()
    for (const verifyToken of ['', 123, ['a'], {}, null]) {
      expect(() => meta({ secret, verifyToken } as never)).toThrow(
        'meta: verifyToken must be a token of yours',
      )
    }
  })

  it('of Dropbox gives the challenge back, as plain text', () => {
    const provider = dropbox({ secret })
    expect(shake(provider, { method: 'GET', url: '/hooks?challenge=c-1' })).toEqual({
      status: 200,
      headers: text,
      body: 'c-1',
    })
    expect(shake(provider, { method: 'GET', url: '/hooks' })).toBeNull()
    expect(shake(provider, { method: 'POST', url: '/hooks?challenge=c-1' })).toBeNull()
  })

  it('has a query that goes on after another question mark', () => {
    const request = { method: 'GET', url: '/hooks?challenge=a?b' }
    expect(shake(dropbox({ secret }), request)).toMatchObject({ body: 'a?b' })
    expect(
      shake(meta({ secret, verifyToken: 'a?b' }), { method: 'GET', url: subscribe('a?b') }),
    ).not.toBeNull()
  })

  it('of Trello is the HEAD itself', () => {
    expect(shake(trello({ secret }), { method: 'HEAD' })).toMatchObject({ status: 200, body: '' })
    expect(shake(trello({ secret }), { method: 'GET' })).toBeNull()
  })

  it('is none where the provider has none', () => {
    expect(github({ secret }).handshake).toBeUndefined()
  })

  it.each([slack({ secret }), zoom({ secret }), discord({ secret: '01'.repeat(32) })])(
    'that a provider signs is none where nothing was verified, and none of another body',
    (provider) => {
      for (const payload of [
        undefined,
        '',
        null,
        [],
        { event: 'endpoint.url_validation' },
        { type: 'event_callback' },
      ]) {
        expect(shake(provider, { payload })).toBeNull()
      }
    },
  )
})
