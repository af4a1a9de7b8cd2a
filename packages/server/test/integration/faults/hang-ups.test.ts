import { readdir, readFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { once } from 'node:events'
import { gzipSync } from 'node:zlib'
import type { ServerEvent } from '@arunika/protocol'
import { expect, it } from 'vitest'
import { aServerEvent } from '../../support/events'
import { freshDatabase } from '../../support/fresh-database'
import { startLoad } from '../../support/load'
import { restartableServer, type Target } from '../../support/restartable-server'
import { expectSound, missingOf, storedIds } from '../../support/stored'

const HANG_UPS = 200
const AT_ONCE = 20

/** Of each body: what is kept of them all would be far more than a heap moves by itself. */
const PADDING_BYTES = 256 * 1024
const MAX_GROWTH_BYTES = (HANG_UPS * PADDING_BYTES) / 2

/** Time enough for what is under way, and well within that of a process manager. */
const STOP_MS = 10_000

/** A body of which all but the last byte is sent: the JSON in it is whole, so that only its end tells that more was to come. */
type Cut = (json: Buffer) => { headers: string[]; body: Buffer; isAnswered?: boolean }

const CUTS: Record<string, Cut> = {
  'a content-length': (json) => ({ headers: [`content-length: ${json.length + 1}`], body: json }),
  'a body in chunks': (json) => ({ headers: ['transfer-encoding: chunked'], body: chunk(json) }),
  'a zipped body': (json) => {
    const zipped = gzipSync(json)
    const headers = ['content-encoding: gzip', `content-length: ${zipped.length}`]
    return { headers, body: zipped.subarray(0, -1) }
  },
  'gzip in a whole body': (json) => {
    const zipped = gzipSync(json).subarray(0, -8) // all data, without the checksum
    const headers = ['content-encoding: gzip', `content-length: ${zipped.length}`]
    return { headers, body: zipped, isAnswered: true }
  },
}

it(
  'stores nothing of requests whose clients hang up, serves the others, and keeps nothing',
  { timeout: 120_000 },
  async ({ annotate }) => {
    const database = await freshDatabase()
    const server = await restartableServer(database)
    await server.start()
    const target = await server.createApp()
    const load = startLoad(target, { senders: 4 })
    await load.until(() => load.acknowledged.size >= 100)
    const pid = server.process().child.pid ?? 0
    const handles = await handlesOf(pid)
    const cut = new Set<string>()

    await hangUp(target, cut) // so that the heap has the size that it needs
    const before = await memoryOf(pid)
    for (let round = 0; round < 2; round++) await hangUp(target, cut)
    expect(cut.size).toBe(3 * HANG_UPS)
    await expect.poll(() => memoryOf(pid), { timeout: 10_000 }).toBeLessThan(before + MAX_GROWTH_BYTES)
    await expect.poll(() => handlesOf(pid), { timeout: 10_000 }).toBeLessThan(handles + 5)

    // Some that neither send more nor hang up, as the server is to stop.
    const silent = await Promise.all(
      Array.from({ length: AT_ONCE }, () => sendCut(target, aServerEvent(), CUTS['a content-length']!)),
    )
    await load.stop()
    const start = performance.now()
    expect(await server.stop()).toMatchObject({ code: 0, stderr: '' })
    expect(performance.now() - start).toBeLessThan(STOP_MS)
    for (const { socket } of silent) socket.destroy()

    expect(load.wrong).toEqual([])
    expect(load.refusals).toEqual([])
    expect(load.lost()).toBe(0)
    expect(await missingOf(database, load)).toEqual([])
    expect((await storedIds(database)).sort()).toEqual([...load.sent.keys()].sort())
    await expectSound(database)
    await annotate(`${load.acknowledged.size} acknowledged beside ${cut.size} that were cut`)
  },
)

/** As many as are due: each kind, and of each some that end their connection and some that break it off. */
async function hangUp(target: Target, cut: Set<string>): Promise<void> {
  const kinds = Object.values(CUTS)
  for (let n = 0; n < HANG_UPS; n += AT_ONCE) {
    const some = Array.from({ length: AT_ONCE }, async (_, index) => {
      const event = aServerEvent()
      cut.add(event.eventId)
      const kind = kinds[index % kinds.length]!
      const { socket, received } = await sendCut(target, event, kind)
      const closed = once(socket, 'close')
      if (received !== null) expect(await received).toMatch(/^HTTP\/1\.1 400 .*"malformed_json"/s)
      if (index % 8 < 4) socket.end()
      else socket.resetAndDestroy()
      await closed
    })
    await Promise.all(some)
  }
}

/** Resolves once all that is sent is on its way. */
async function sendCut(
  { url, headers }: Target,
  event: ServerEvent,
  cut: Cut,
): Promise<{ socket: Socket; received: Promise<string> | null }> {
  const { port, hostname } = new URL(url)
  const padding = ' '.repeat(PADDING_BYTES)
  const { headers: more, body, isAnswered } = cut(Buffer.from(JSON.stringify({ events: [event] }) + padding))
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  const head = ['POST /api/webhooks HTTP/1.1', 'host: x', ...lines, ...more, '', ''].join('\r\n')
  const socket = connect(Number(port), hostname)
  socket.on('error', () => undefined)
  socket.resume()
  const received = isAnswered ? once(socket, 'data').then(([data]) => String(data)) : null
  await new Promise((resolve) => socket.write(Buffer.concat([Buffer.from(head), body]), resolve))
  return { socket, received }
}

function chunk(body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n')])
}

async function memoryOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024
}

async function handlesOf(pid: number): Promise<number> {
  return (await readdir(`/proc/${pid}/fd`)).length
}
