import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startClient } from '../support/client'
import { sendJson, startIngestServer } from '../support/ingest-server'

let server: Awaited<ReturnType<typeof startIngestServer>>
beforeEach(async () => {
  server = await startIngestServer()
})
afterEach(() => server.close())

const TYPES = Array.from({ length: 25 }, (_, index) => `type_${index}`)

describe('shutdown', () => {
  it('delivers all that waits', async () => {
    const { arunika, deliveredTypes, told } = startClient(server.endpoint, { flushAt: 1_000 })
    for (const type of TYPES) arunika.logActivity('user-42', type)
    await arunika.shutdown()
    expect(deliveredTypes()).toEqual(TYPES)
    expect(told.dropped).toEqual([])
  })

  it('tries again while there is time', async () => {
    server.script.push(
      (_, response) => sendJson(response, 503, {}, { connection: 'close' }),
      (_, response) => void response.socket!.destroy(),
    )
    const { arunika, deliveredTypes, told } = startClient(server.endpoint)
    arunika.logActivity('user-42', 'a')
    await arunika.shutdown()
    expect(deliveredTypes()).toEqual(['a'])
    expect(told.error).toHaveLength(2)
    expect(told.dropped).toEqual([])
  })

  it('reports each event exactly once where no server is there', async () => {
    await server.close()
    const { arunika, told } = startClient(server.endpoint)
    for (const type of TYPES) arunika.logActivity('user-42', type)
    await arunika.shutdown({ timeoutMs: 200 })
    expect(told.dropped.map(({ event }) => event.eventType)).toEqual(TYPES)
    expect(new Set(told.dropped.map(({ reason }) => reason))).toEqual(new Set(['shutdown']))
    expect(told.delivered).toEqual([])
    expect(told.rejected).toEqual([])
  })

  it('ends the request of a server that hangs, reports its events, and is silent afterwards', async () => {
    const connectionClosed = new Promise((resolve) => {
      server.script.push((_, response) => void response.on('close', resolve))
    })
    const { arunika, told } = startClient(server.endpoint)
    arunika.logActivity('user-42', 'a')
    await arunika.shutdown({ timeoutMs: 100 })
    expect(told.dropped).toMatchObject([{ event: { eventType: 'a' }, reason: 'shutdown' }])
    await connectionClosed
    expect(told.error).toEqual([])
  })

  it('resolves in time with a custom fetch that never ends', async () => {
    const { arunika, told } = startClient(server.endpoint, { fetch: () => new Promise(() => undefined) })
    arunika.logActivity('user-42', 'a')
    await arunika.shutdown({ timeoutMs: 50 })
    expect(told.dropped).toHaveLength(1)
  })

  it('waits for the answer of a request that was under way, and sends nothing twice', async () => {
    const { arunika, deliveredTypes } = startClient(server.endpoint, { flushAt: 1 })
    const underWay = new Promise<() => void>((resolve) => {
      server.script.push((_, response) =>
        resolve(() => sendJson(response, 200, { accepted: 1, duplicates: 0, rejected: [] })),
      )
    })
    arunika.logActivity('user-42', 'a')
    const answer = await underWay
    const shutdown = arunika.shutdown()
    answer()
    await shutdown
    expect(deliveredTypes()).toEqual(['a'])
    expect(server.requests).toHaveLength(1)
  })

  it('takes no events from its call on: they are dropped as closed', async () => {
    const { arunika, told, deliveredTypes } = startClient(server.endpoint)
    arunika.logActivity('user-42', 'before')
    const shutdown = arunika.shutdown()
    arunika.logActivity('user-42', 'during')
    await shutdown
    arunika.logActivity('user-42', 'after')
    await arunika.flush()
    expect(deliveredTypes()).toEqual(['before'])
    expect(told.dropped).toMatchObject([
      { event: { eventType: 'during' }, reason: 'closed' },
      { event: { eventType: 'after' }, reason: 'closed' },
    ])
  })

  it('called twice happens once', async () => {
    await server.close()
    const { arunika, told } = startClient(server.endpoint)
    arunika.logActivity('user-42', 'a')
    await Promise.all([arunika.shutdown({ timeoutMs: 50 }), arunika.shutdown({ timeoutMs: 60_000 })])
    await arunika.shutdown()
    expect(told.dropped).toHaveLength(1)
  })

  it('lets go whoever waits for a flush', async () => {
    server.script.push(() => undefined)
    const { arunika } = startClient(server.endpoint)
    arunika.logActivity('user-42', 'a')
    const flushed = arunika.flush()
    await server.received(1)
    await arunika.shutdown({ timeoutMs: 0 })
    await expect(flushed).rejects.toMatchObject({ name: 'DeliveryError' })
  })

  it('comes at the end of a block that says await using', async () => {
    const { arunika: client, deliveredTypes } = startClient(server.endpoint)
    {
      await using arunika = client
      arunika.logActivity('user-42', 'a')
    }
    expect(deliveredTypes()).toEqual(['a'])
  })
})
