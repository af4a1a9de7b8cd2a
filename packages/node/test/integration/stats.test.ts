import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startClient } from '../support/client'
import { sendJson, startIngestServer, type ReceivedRequest } from '../support/ingest-server'
import { makeFolder } from '../support/spool'

let server: Awaited<ReturnType<typeof startIngestServer>>
beforeEach(async () => {
  server = await startIngestServer()
})
afterEach(() => server.close())

/** Holds the answer to the next request back. */
function holdNext(rejected: (request: ReceivedRequest) => object[] = () => []) {
  return new Promise<() => void>((resolve) => {
    server.script.push((request, response) =>
      resolve(() => {
        server.commit(request)
        const refused = rejected(request)
        const accepted = request.events.length - refused.length
        sendJson(response, 200, { accepted, duplicates: 0, rejected: refused })
      }),
    )
  })
}

const NOTHING = { waiting: 0, inFlight: 0, delivered: 0, rejected: 0, dropped: 0, oldestWaitingMs: null }

describe('the stats of a client', () => {
  it('are none at first', () => {
    expect(startClient(server.endpoint).arunika.stats()).toEqual(NOTHING)
  })

  it('say what waits, what is under way and what became of the rest', async () => {
    const { arunika } = startClient(server.endpoint, { maxWaitingEvents: 4, flushAt: 100 })
    arunika.logActivity({}, 'of_nobody')
    arunika.logActivity('user-42', 'a')
    arunika.logActivity('user-42', 'b')
    expect(arunika.stats()).toEqual({
      ...NOTHING,
      waiting: 2,
      rejected: 1,
      oldestWaitingMs: expect.any(Number) as number,
    })

    const held = holdNext(({ events: [first] }) => [
      { index: 0, eventId: first!.eventId, code: 'unknown_profile', detail: 'as the test wants it' },
    ])
    const flushed = arunika.flush()
    const answer = await held
    for (const type of ['c', 'd', 'one_too_many']) arunika.logActivity('user-42', type)
    expect(arunika.stats()).toMatchObject({ waiting: 4, inFlight: 2, delivered: 0, rejected: 1, dropped: 1 })

    answer()
    await flushed
    expect(arunika.stats()).toMatchObject({ waiting: 2, inFlight: 0, delivered: 1, rejected: 2, dropped: 1 })

    await arunika.shutdown()
    expect(arunika.stats()).toEqual({ ...NOTHING, delivered: 3, rejected: 2, dropped: 1 })
  })

  it('say how long the oldest has waited', async () => {
    const { arunika } = startClient(server.endpoint)
    const before = Date.now()
    arunika.logActivity('user-42', 'a')
    const answer = holdNext()
    const flushed = arunika.flush()
    const release = await answer
    const oldestWaitingMs = arunika.stats().oldestWaitingMs!
    expect(oldestWaitingMs).toBeGreaterThanOrEqual(0)
    expect(oldestWaitingMs).toBeLessThanOrEqual(Date.now() - before)
    release()
    await flushed
    expect(arunika.stats().oldestWaitingMs).toBeNull()
  })

  it('keep what waits while tries fail', async () => {
    await server.close()
    const { arunika } = startClient(server.endpoint)
    arunika.logActivity('user-42', 'a')
    await expect(arunika.flush()).rejects.toThrow()
    expect(arunika.stats()).toMatchObject({ waiting: 1, inFlight: 0, delivered: 0, rejected: 0, dropped: 0 })
  })

  it('name each event once, also when the time of a shutdown was over', async () => {
    server.script.push(() => undefined)
    const { arunika } = startClient(server.endpoint)
    for (const type of ['a', 'b', 'c']) arunika.logActivity('user-42', type)
    await arunika.shutdown({ timeoutMs: 50 })
    expect(arunika.stats()).toMatchObject({ waiting: 0, dropped: 3, oldestWaitingMs: null })
  })

  it('count what an earlier life left in the spool', async () => {
    const spool = makeFolder()
    const down = { spool, fetch: () => Promise.reject(new Error('offline')) }
    const earlier = startClient(server.endpoint, down)
    for (const type of ['a', 'b', 'c']) earlier.arunika.logActivity('user-42', type)
    await earlier.arunika.shutdown({ timeoutMs: 0 })
    expect(earlier.arunika.stats()).toMatchObject({ waiting: 3, dropped: 0 })

    const { arunika } = startClient(server.endpoint, { spool })
    await arunika.flush()
    expect(arunika.stats()).toEqual({ ...NOTHING, delivered: 3 })
    await arunika.shutdown()
  })
})
