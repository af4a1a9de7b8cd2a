import { systemClock, type OutboxItem } from '@arunika/core'
import { HEADERS, parseTimestamp, verifySignature } from '@arunika/protocol'
import { describe, expect, it } from 'vitest'
import { API_KEY, APP_ID } from '../test/support/credentials'
import { ingestFetch } from '../test/support/ingest-fetch'
import { resolveOptions } from './resolve-options'
import { createSignedSender, ENVELOPE_BYTES } from './signed-sender'
import { createSigningClock } from './signing-clock'

const item: OutboxItem = { id: '1', group: 'g', json: '{"name":"Ünïcödé 🌅"}', bytes: 28, takenAt: 0 }

function setUp(fetch: typeof globalThis.fetch, nowMs = 1_700_000_000_999) {
  const options = resolveOptions({
    appId: APP_ID,
    apiKey: API_KEY,
    endpoint: 'http://localhost/base/',
    fetch,
  })
  const clock = { ...systemClock, now: () => nowMs }
  const signingClock = createSigningClock(() => clock.now())
  return { clock, sender: createSignedSender(options, clock, signingClock) }
}

describe('a signed sender', () => {
  it('posts to the route of server events below the endpoint, signed over the bytes that it sends', async () => {
    const { fetch, requests } = ingestFetch()
    await setUp(fetch).sender.send([item])
    const { url, headers, body } = requests[0]!
    expect(url).toBe('http://localhost/base/api/webhooks')
    expect(headers.get('content-type')).toBe('application/json')
    expect(headers.get(HEADERS.appId)).toBe(APP_ID)
    expect(headers.get(HEADERS.apiKey)).toBe(API_KEY)
    expect(headers.get(HEADERS.timestamp)).toBe('1700000000')
    const verdict = await verifySignature({
      apiKey: API_KEY,
      timestamp: '1700000000',
      signature: headers.get(HEADERS.signature)!,
      body,
      nowMs: 1_700_000_000_000,
    })
    expect(verdict).toEqual({ ok: true })
  })

  it('signs and dates every try anew', async () => {
    const { fetch, requests } = ingestFetch()
    const { clock, sender } = setUp(fetch)
    await sender.send([item])
    clock.now = () => 1_700_000_100_000
    await sender.send([item])
    const [first, second] = requests.map(({ headers, body }) => ({
      timestamp: headers.get(HEADERS.timestamp),
      signature: headers.get(HEADERS.signature),
      sentAt: parseTimestamp((JSON.parse(new TextDecoder().decode(body)) as { sentAt: string }).sentAt),
    }))
    expect(first).toMatchObject({ timestamp: '1700000000', sentAt: 1_700_000_000_999 })
    expect(second).toMatchObject({ timestamp: '1700000100', sentAt: 1_700_000_100_000 })
    expect(second!.signature).not.toBe(first!.signature)
  })

  it('knows the bytes of its envelope', async () => {
    const { fetch, requests } = ingestFetch()
    await setUp(fetch).sender.send([item])
    expect(requests[0]!.body.length).toBe(ENVELOPE_BYTES + new TextEncoder().encode(item.json).length)
  })

  it('ends a request that is under way when it stops', async () => {
    const { sender } = setUp((_, init) => {
      queueMicrotask(() => sender.stop())
      return new Promise((_, reject) => {
        init!.signal!.addEventListener('abort', () => reject(new Error('aborted')))
      })
    })
    await expect(sender.send([item])).resolves.toMatchObject({
      verdict: 'retry',
      error: { code: 'network_failed' },
    })
  })

  it('ends a request at its timeout', async () => {
    const hanging: typeof fetch = (_, init) =>
      new Promise((_, reject) => init!.signal!.addEventListener('abort', () => reject(new Error('aborted'))))
    const options = { appId: APP_ID, apiKey: API_KEY, endpoint: 'http://localhost', requestTimeoutMs: 5 }
    const sender = createSignedSender(resolveOptions({ ...options, fetch: hanging }), systemClock)
    await expect(sender.send([item])).resolves.toMatchObject({ verdict: 'retry' })
  })
})
