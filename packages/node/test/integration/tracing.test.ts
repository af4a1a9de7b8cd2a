import { AsyncLocalStorage } from 'node:async_hooks'
import { subscribe, tracingChannel, unsubscribe } from 'node:diagnostics_channel'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { RequestTrace } from '../../src/index'
import { startClient } from '../support/client'
import { sendJson, startIngestServer } from '../support/ingest-server'

let server: Awaited<ReturnType<typeof startIngestServer>>
beforeEach(async () => {
  server = await startIngestServer()
})
afterEach(() => server.close())

const CHANNELS = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'] as const

/** What comes over the channels, as a copy of what it was then, until the test is over. */
function trace() {
  const seen: { name: string; trace: RequestTrace; at: RequestTrace }[] = []
  for (const name of CHANNELS) {
    const listener = (message: unknown) => {
      seen.push({ name, trace: message as RequestTrace, at: { ...(message as RequestTrace) } })
    }
    subscribe(`tracing:arunika:request:${name}`, listener)
    onTestFinished(() => void unsubscribe(`tracing:arunika:request:${name}`, listener))
  }
  return seen
}

describe('the tracing channel of requests', () => {
  it('tells of each with its events, its bytes and the status of its answer', async () => {
    const seen = trace()
    const { arunika } = startClient(server.endpoint)
    arunika.logActivity('user-42', 'a')
    arunika.logActivity('user-42', 'b')
    await arunika.flush()

    const url = `${server.endpoint}/api/webhooks`
    const sent = { url, events: 2, bytes: server.requests[0]!.body.length }
    expect(seen.map(({ name }) => name)).toEqual(['start', 'end', 'asyncStart', 'asyncEnd'])
    expect(seen[0]!.at).toEqual(sent)
    expect(seen[1]!.at).toEqual(sent)
    expect(seen[3]!.at).toMatchObject({ ...sent, status: 200 })
    // One object from start to end, by which a subscriber finds its span.
    expect(new Set(seen.map((one) => one.trace)).size).toBe(1)
  })

  it('counts the bytes as they are sent', async () => {
    const seen = trace()
    const { arunika } = startClient(server.endpoint)
    for (let count = 0; count < 100; count++) arunika.logActivity('user-42', 'a')
    await arunika.flush()
    expect(server.requests[0]!.headers['content-encoding']).toBe('gzip')
    expect(seen[0]!.at).toMatchObject({ events: 100, bytes: server.requests[0]!.body.length })
  })

  it('tells of each try', async () => {
    server.script.push(
      (_, response) => sendJson(response, 503, {}, { connection: 'close' }),
      (_, response) => void response.socket!.destroy(),
    )
    const seen = trace()
    const { arunika } = startClient(server.endpoint)
    arunika.logActivity('user-42', 'a')
    await arunika.shutdown()
    const ends = seen.filter(({ name }) => name === 'asyncEnd')
    expect(ends.map(({ at }) => at.status)).toEqual([503, null, 200])
    // The sender never throws: what failed is told by the status.
    expect(seen.filter(({ name }) => name === 'error')).toEqual([])
  })

  it('tells of those over a custom fetch too', async () => {
    const seen = trace()
    const { arunika } = startClient(server.endpoint, { fetch })
    arunika.logActivity('user-42', 'a')
    await arunika.flush()
    expect(seen.at(-1)).toMatchObject({ name: 'asyncEnd', at: { events: 1, status: 200 } })
  })

  it('never shows the key', async () => {
    const seen = trace()
    const { arunika } = startClient(server.endpoint)
    arunika.logActivity('user-42', 'a')
    await arunika.flush()
    expect(JSON.stringify(seen)).not.toContain('sk_test_')
  })

  it('has the requests of Node’s client inside, so that their spans nest', async () => {
    const storage = new AsyncLocalStorage<string>()
    const { start } = tracingChannel<string, RequestTrace>('arunika:request')
    start.bindStore(storage, ({ events }) => `span of ${events}`)
    onTestFinished(() => void start.unbindStore(storage))
    const inside: unknown[] = []
    const listener = () => void inside.push(storage.getStore())
    subscribe('http.client.request.start', listener)
    onTestFinished(() => void unsubscribe('http.client.request.start', listener))

    const { arunika } = startClient(server.endpoint)
    arunika.logActivity('user-42', 'a')
    await arunika.flush()
    expect(inside).toEqual(['span of 1'])
  })
})
