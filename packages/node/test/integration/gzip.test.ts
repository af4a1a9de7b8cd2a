import { gunzipSync } from 'node:zlib'
import { createServer } from '@arunika/server'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { ArunikaOptions } from '../../src/index'
import { startClient } from '../support/client'
import { startIngestServer } from '../support/ingest-server'

let server: Awaited<ReturnType<typeof startIngestServer>>
beforeEach(async () => {
  server = await startIngestServer()
})
afterEach(() => server.close())

const THRESHOLD = 4_096

/** The request that carries one event with so much data. */
async function requestWith(textLength: number, options: Partial<ArunikaOptions> = {}) {
  const { arunika } = startClient(server.endpoint, options)
  arunika.logActivity('user-42', 'page_read', undefined, { text: 'x'.repeat(textLength) })
  await arunika.flush()
  return server.requests.at(-1)!
}

describe('a body', () => {
  it('is compressed from 4 KiB on', async () => {
    const around = (await requestWith(0)).body.length
    const below = await requestWith(THRESHOLD - 1 - around)
    expect(below.body).toHaveLength(THRESHOLD - 1)
    expect(below.headers).not.toHaveProperty('content-encoding')

    const from = await requestWith(THRESHOLD - around)
    expect(from.headers['content-encoding']).toBe('gzip')
    expect(gunzipSync(from.body)).toHaveLength(THRESHOLD)
    expect(from.body.length).toBeLessThan(THRESHOLD / 4)
    expect(from.headers['content-length']).toBe(String(from.body.length))
  })

  it.each([
    ['Node’s client', {}],
    ['a custom fetch', { fetch }],
  ])('is signed as it is sent, compressed or not, over %s', async (_, options) => {
    for (const textLength of [0, 20_000]) {
      const request = await requestWith(textLength, options)
      expect(request.headers['content-encoding']).toBe(textLength > 0 ? 'gzip' : undefined)
      expect(request.signature).toEqual({ ok: true })
      expect(request.events[0]!.eventData).toEqual({ text: 'x'.repeat(textLength) })
    }
  })

  it('is sent as it is where the app does not want gzip', async () => {
    const { headers, body, signature } = await requestWith(20_000, { gzip: false })
    expect(headers).not.toHaveProperty('content-encoding')
    expect(body.length).toBeGreaterThan(20_000)
    expect(JSON.parse(body.toString())).toHaveProperty('events')
    expect(signature).toEqual({ ok: true })
  })
})

describe('the reference server', () => {
  it('takes full batches that are compressed, where it takes signed requests alone', async () => {
    const reference = await createServer({ database: ':memory:' })
    onTestFinished(() => reference.close())
    const app = await reference.createApp({ name: 'shop', requireSignature: true })
    const endpoint = await reference.listen({ port: 0 })
    const encodings: (string | null)[] = []
    const { arunika, told, deliveredTypes } = startClient(endpoint, {
      ...app,
      fetch: (input, init) => {
        encodings.push(new Headers(init?.headers).get('content-encoding'))
        return fetch(input, init)
      },
    })
    const types = Array.from({ length: 2_500 }, (_, index) => `type_${index}`)
    for (const type of types)
      arunika.logActivity('user-42', type, 'Read a page', { text: 'über 🙂 '.repeat(20) })
    await arunika.shutdown()
    expect(deliveredTypes().sort()).toEqual([...types].sort())
    expect({ ...told, delivered: [] }).toEqual({
      delivered: [],
      rejected: [],
      dropped: [],
      error: [],
      drain: [],
    })
    expect(new Set(encodings)).toEqual(new Set(['gzip']))
  })
})
