import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { startClient } from '../support/client'
import { API_KEY, APP_ID } from '../support/credentials'
import { startIngestServer } from '../support/ingest-server'
import { startReferenceServer, storedTypes, type ReferenceServer } from '../support/reference-server'
import { runProgram } from '../support/run-program'
import { makeFolder } from '../support/spool'
import { startWriter } from '../support/spool-writer'

const KILLS = 10

let server: ReferenceServer
beforeEach(async () => {
  server = await startReferenceServer()
})
afterEach(() => server.close())

const range = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `n${from + index}`)

/** Numbers in [0, 1) that a seed repeats. */
function createRandom(seed: number): () => number {
  return () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647
}

it(
  'killed at ten random moments at 500 events a second, every event of a completed tick is stored exactly once',
  { timeout: 180_000 },
  async () => {
    const seed = Number(process.env['ARUNIKA_SEED'] ?? 1 + (Date.now() % 1_000_000))
    console.log(`ARUNIKA_SEED=${seed}`)
    const random = createRandom(seed)
    const folder = makeFolder()
    const safe: string[] = []
    let from = 0
    for (let kill = 0; kill < KILLS; kill++) {
      const writer = startWriter({ endpoint: server.endpoint, ...server.app, folder, from })
      await writer.started
      await delay(random() * 1_500)
      const { last, stderr } = await writer.kill()
      expect(stderr).toBe('')
      safe.push(...range(from, last + 1))
      // Of the tick that was under way there may be others.
      from = last + 10_000
    }

    const { arunika, told } = startClient(server.endpoint, { ...server.app, spool: folder })
    await arunika.flush()
    await arunika.shutdown()
    expect(told.dropped).toEqual([])
    const stored = await storedTypes(server)
    console.log(`${safe.length} events of completed ticks, ${stored.length} stored`)
    expect(new Set(stored).size).toBe(stored.length)
    const lost = new Set(safe)
    for (const type of stored) lost.delete(type)
    expect([...lost]).toEqual([])
  },
)

it('of two processes on one folder, one killed while it sends: the other delivers what was left, once', async () => {
  const ingest = await startIngestServer()
  const folder = makeFolder()
  const living = startClient(ingest.endpoint, { spool: folder })
  living.arunika.logActivity('user-42', 'of-the-living')
  await living.arunika.flush()
  // The request of the one that will be killed hangs.
  ingest.script.push(() => undefined)
  const writer = startWriter({ endpoint: ingest.endpoint, appId: APP_ID, apiKey: API_KEY, folder, from: 0 })
  await ingest.received(2)
  await writer.reached(60)
  const { last } = await writer.kill()

  const expected = range(0, last + 1)
  await vi.waitFor(() => expect(living.deliveredTypes()).toEqual(expect.arrayContaining(expected)), 20_000)
  await living.arunika.shutdown()
  expect(last).toBeGreaterThan(50)
  expect(new Set(ingest.commits.values())).toEqual(new Set([1]))
  expect(ingest.commits.size).toBe(living.deliveredTypes().length)
  expect(existsSync(join(folder, APP_ID))).toBe(false)
  await ingest.close()
})

it('of four processes that start together, each segment of a dead one is taken by one', async () => {
  const ingest = await startIngestServer()
  const folder = makeFolder()
  const types = Array.from({ length: 100 }, (_, index) => `type_${index}`)
  for (const type of types) {
    const { arunika } = startClient('http://127.0.0.1:1', { spool: folder })
    arunika.logActivity('user-42', type)
    await arunika.shutdown({ timeoutMs: 0 })
    // The next would take it over.
    renameSync(join(folder, APP_ID), join(folder, type))
  }
  mkdirSync(join(folder, APP_ID))
  for (const type of types) {
    const [name = ''] = readdirSync(join(folder, type))
    renameSync(join(folder, type, name), join(folder, APP_ID, name))
    rmdirSync(join(folder, type))
  }
  const program = new URL('../fixtures/spool-taker.ts', import.meta.url)
  const environment = { ARUNIKA_SPOOL: folder, ARUNIKA_START_AT: String(Date.now() + 4_000) }
  const ended = await Promise.all(
    Array.from({ length: 4 }, () => runProgram(program, ingest.endpoint, environment)),
  )
  expect(ended.map(({ code, stderr }) => [code, stderr])).toEqual(Array(4).fill([0, '']))
  const delivered = ended.flatMap(({ stdout }) => stdout.match(/type_\d+/g) ?? [])
  expect(delivered.sort()).toEqual(types.sort())
  expect([...ingest.commits.values()]).toEqual(types.map(() => 1))
  expect(readdirSync(folder)).toEqual([])
  await ingest.close()
})
