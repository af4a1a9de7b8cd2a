import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { startClient } from '../support/client'
import { APP_ID } from '../support/credentials'
import { sendJson, startIngestServer, type Answer } from '../support/ingest-server'
import { makeFolder } from '../support/spool'

let server: Awaited<ReturnType<typeof startIngestServer>>
beforeEach(async () => {
  server = await startIngestServer()
})
afterEach(() => server.close())

const TYPES = Array.from({ length: 25 }, (_, index) => `type_${index}`)

const filesIn = (folder: string) => readdirSync(folder, { recursive: true }).sort()

describe('a client with a spool', () => {
  it('keeps an event at the end of the tick that made it, from the first on', async () => {
    const folder = makeFolder()
    const { arunika } = startClient(server.endpoint, { spool: folder })
    arunika.logActivity('user-42', 'first')
    await new Promise(setImmediate)
    expect(filesIn(folder).filter((name) => name.toString().endsWith('.events'))).toHaveLength(1)
    arunika.logActivity('user-42', 'second')
    await arunika.shutdown()
  })

  it.each([{}, { fsync: true }])('leaves an empty folder when all was delivered (%j)', async (options) => {
    const folder = makeFolder()
    const { arunika, deliveredTypes } = startClient(server.endpoint, { spool: { folder, ...options } })
    for (const type of TYPES) arunika.logActivity('user-42', type)
    await arunika.flush()
    for (const type of TYPES) arunika.logActivity('user-42', type)
    await arunika.shutdown()
    expect(deliveredTypes()).toEqual([...TYPES, ...TYPES])
    expect(filesIn(folder)).toEqual([])
  })

  it('leaves there what its shutdown could not deliver, and tells of none as dropped; the next delivers it', async () => {
    const folder = makeFolder()
    server.script.push(
      ...Array.from({ length: 100 }, (): Answer => (_, response) => sendJson(response, 503, {})),
    )
    const first = startClient(server.endpoint, { spool: folder })
    for (const type of TYPES) first.arunika.logActivity('user-42', type)
    await first.arunika.shutdown({ timeoutMs: 100 })
    expect(first.told.dropped).toEqual([])
    expect(first.told.delivered).toEqual([])
    expect(filesIn(folder)).toEqual([APP_ID, expect.stringMatching(/\.events$/)])

    server.script.length = 0
    const second = startClient(server.endpoint, { spool: folder })
    second.arunika.logActivity('user-42', 'younger')
    await second.arunika.shutdown()
    expect(second.deliveredTypes()).toEqual([...TYPES, 'younger'])
    expect([...server.commits.values()]).toEqual(Array.from({ length: 26 }, () => 1))
    expect(filesIn(folder)).toEqual([])
  })

  it('does not send again what was answered before it ended, though the rest of it was not', async () => {
    const folder = makeFolder()
    const answers: (() => void)[] = []
    server.script.push((_, response) =>
      answers.push(() => sendJson(response, 200, { accepted: 1, duplicates: 0, rejected: [] })),
    )
    server.script.push(...Array.from({ length: 100 }, (): Answer => () => undefined))
    const first = startClient(server.endpoint, { spool: folder, flushAt: 1 })
    first.arunika.logActivity('user-42', 'answered')
    await server.received(1)
    // In one segment with it, but not in its request.
    first.arunika.logActivity('user-42', 'waiting')
    answers[0]!()
    await first.arunika.shutdown({ timeoutMs: 100 })
    expect(first.deliveredTypes()).toEqual(['answered'])

    server.script.length = 0
    const second = startClient(server.endpoint, { spool: folder })
    await second.arunika.shutdown()
    expect(second.deliveredTypes()).toEqual(['waiting'])
  })

  it('leaves to the next life what is answered after the end of this one, of which nobody was told', async () => {
    const folder = makeFolder()
    let answer = () => {}
    // One that does not look at its signal.
    const fetch = () =>
      new Promise<Response>((resolve) => {
        answer = () => resolve(Response.json({ accepted: 1, duplicates: 0, rejected: [] }))
      })
    const first = startClient(server.endpoint, { spool: folder, fetch })
    first.arunika.logActivity('user-42', 'a')
    await first.arunika.shutdown({ timeoutMs: 20 })
    answer()
    await new Promise(setImmediate)
    expect(first.told).toMatchObject({ delivered: [], dropped: [] })
    const second = startClient(server.endpoint, { spool: folder })
    await second.arunika.shutdown()
    expect(second.deliveredTypes()).toEqual(['a'])
  })

  it('counts what an earlier life left for its bounds', async () => {
    const folder = makeFolder()
    await server.close()
    const first = startClient(server.endpoint, { spool: folder })
    for (let count = 0; count < 2_000; count++) first.arunika.logActivity('user-42', 'left')
    await first.arunika.shutdown({ timeoutMs: 0 })
    const second = startClient(server.endpoint, { spool: folder, maxWaitingEvents: 2_001 })
    await new Promise(setImmediate)
    second.arunika.logActivity('user-42', 'fits')
    second.arunika.logActivity('user-42', 'is too much')
    expect(second.told.dropped).toMatchObject([
      { event: { eventType: 'is too much' }, reason: 'outbox_full' },
    ])
    await second.arunika.shutdown({ timeoutMs: 0 })
    expect(second.told.dropped).toHaveLength(1)
  })

  it('never sends with its key what another app’s client left in the folder', async () => {
    const folder = makeFolder()
    const url = server.endpoint
    const first = startClient('http://127.0.0.1:1', { spool: folder, appId: 'app_other' })
    first.arunika.logActivity('user-42', 'of-the-other')
    await first.arunika.shutdown({ timeoutMs: 0 })
    const second = startClient(url, { spool: folder })
    await second.arunika.shutdown()
    expect(server.requests).toEqual([])
    expect(filesIn(folder)).toEqual(['app_other', expect.stringMatching(/^app_other.*\.events$/)])
  })

  it('fills its folder again when somebody has deleted it', async () => {
    vi.useFakeTimers({ toFake: ['setInterval'] })
    onTestFinished(() => void vi.useRealTimers())
    const folder = makeFolder()
    const events = () => filesIn(folder).filter((name) => name.toString().endsWith('.events'))
    const { arunika, deliveredTypes, told } = startClient(server.endpoint, { spool: folder })
    arunika.logActivity('user-42', 'a')
    await new Promise(setImmediate)
    expect(events()).toHaveLength(1)
    rmSync(join(folder, APP_ID), { recursive: true })
    await vi.advanceTimersByTimeAsync(5_000)
    expect(events()).toHaveLength(1)
    await arunika.shutdown()
    expect(deliveredTypes()).toEqual(['a'])
    expect(told.error).toEqual([])
    expect(filesIn(folder)).toEqual([])
  })
})
