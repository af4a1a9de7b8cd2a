import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startClient } from '../support/client'
import { startIngestServer } from '../support/ingest-server'

let server: Awaited<ReturnType<typeof startIngestServer>>
beforeEach(async () => {
  server = await startIngestServer()
})
afterEach(() => server.close())

const BOUND = 1_000

describe('a producer', () => {
  it('that waits for drain loses nothing, and what waits stays bounded', async () => {
    const { arunika, told, next } = startClient(server.endpoint, { maxWaitingEvents: BOUND })
    const count = 20 * BOUND
    let most = 0
    let waits = 0
    for (let made = 0; made < count; made++) {
      const mayGoOn = arunika.logActivity('user-42', `type_${made}`)
      most = Math.max(most, arunika.stats().waiting)
      if (mayGoOn) continue
      waits++
      const { waiting } = await next('drain')
      expect(waiting).toBeLessThanOrEqual(BOUND / 4)
    }
    await arunika.shutdown()
    expect(told.dropped).toEqual([])
    expect([...server.commits.values()]).toEqual(Array.from({ length: count }, () => 1))
    expect(most).toBe(BOUND / 2 + 1)
    expect(waits).toBeGreaterThan(20)
    expect(told.drain).toHaveLength(waits)
  })

  it('that waits is stopped by bytes too', async () => {
    const { arunika, told, next } = startClient(server.endpoint, { maxWaitingBytes: 100_000, flushAt: 3 })
    const bytes: number[] = []
    for (let made = 0; made < 200; made++) {
      const mayGoOn = arunika.logActivity('user-42', 'page_read', undefined, { text: 'x'.repeat(10_000) })
      bytes.push(arunika.stats().waiting * 10_000)
      if (!mayGoOn) await next('drain')
    }
    await arunika.shutdown()
    expect(told.dropped).toEqual([])
    expect(server.commits.size).toBe(200)
    expect(Math.max(...bytes)).toBeLessThanOrEqual(60_000)
  })

  it('that does not wait is told what it lost', async () => {
    const { arunika, told } = startClient(server.endpoint, { maxWaitingEvents: BOUND })
    const answers = Array.from({ length: 3 * BOUND }, (_, index) =>
      arunika.logActivity('user-42', `type_${index}`),
    )
    expect(answers.filter((mayGoOn) => mayGoOn)).toHaveLength(BOUND / 2)
    expect(told.dropped).toHaveLength(2 * BOUND)
    expect(new Set(told.dropped.map(({ reason }) => reason))).toEqual(new Set(['outbox_full']))
    await arunika.shutdown()
    expect(server.commits.size).toBe(BOUND)
    expect(told.delivered.flatMap(({ events }) => events)).toHaveLength(BOUND)
  })

  it('that waits while the server is sick goes on when it is well', async () => {
    server.script.push((_, response) => void response.writeHead(503).end())
    const { arunika, told, next } = startClient(server.endpoint, { maxWaitingEvents: 4, flushAt: 1 })
    while (arunika.logActivity('user-42', 'a'));
    await Promise.all([next('drain'), arunika.flush().catch(() => undefined)])
    expect(told.error).toHaveLength(1)
    expect(arunika.logActivity('user-42', 'b')).toBe(true)
    await arunika.shutdown()
    expect(told.dropped).toEqual([])
    expect(server.commits.size).toBe(4)
  })
})

describe('a producer that waits while the client is shut down', () => {
  it('is let go when all is delivered', async () => {
    const { arunika, told, next } = startClient(server.endpoint, { maxWaitingEvents: 2 })
    while (arunika.logActivity('user-42', 'a'));
    const drained = next('drain')
    await arunika.shutdown()
    await expect(drained).resolves.toEqual({ waiting: 0 })
    expect(told.drain).toHaveLength(1)
  })

  it('is let go at the end of its time, and what it reports then is dropped as closed', async () => {
    server.script.push(() => undefined)
    const { arunika, told, next } = startClient(server.endpoint, { maxWaitingEvents: 2 })
    while (arunika.logActivity('user-42', 'a'));
    const drained = next('drain')
    await arunika.shutdown({ timeoutMs: 50 })
    await drained
    expect(told.dropped.map(({ reason }) => reason)).toEqual(['shutdown', 'shutdown'])
    // Nobody waits for a client that is no more.
    expect(arunika.logActivity('user-42', 'b')).toBe(true)
    expect(told.dropped.at(-1)).toMatchObject({ event: { eventType: 'b' }, reason: 'closed' })
    expect(told.drain).toHaveLength(1)
  })
})
