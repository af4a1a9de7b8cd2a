import { cp, mkdtemp, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Page, ServerEvent } from '@arunika/protocol'
import { createServer } from '@arunika/server'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aServerEvent } from '../../support/events'
import { sendBatch, someEvents, startLoad } from '../../support/load'
import { restartableServer, targetOf, type Target } from '../../support/restartable-server'
import { sql } from '../../support/sql'
import { leavesOf, overwrite } from '../../support/sqlite-pages'
import { tempFolder } from '../../support/temp-folder'

const EVENTS_BY_ID = 'sqlite_autoindex_events_1'

/** Events that are stored before anything is damaged: enough for many pages. */
const stored = Array.from({ length: 400 }, (_, n) => someEvents(n % 20, n)).flat()
let whole: string
let credentials: { appId: string; apiKey: string }

beforeAll(async () => {
  whole = join(await mkdtemp(join(tmpdir(), 'arunika-whole-')), 'arunika.db')
  const server = await createServer({ database: whole })
  credentials = await server.createApp({ name: 'shop' })
  const target = targetOf(await server.listen({ port: 0 }), credentials)
  for (const events of batches(stored, 500)) {
    expect(await sendBatch(target, events)).toMatchObject({ accepted: events.length })
  }
  await server.close()
  await sql(whole, 'pragma wal_checkpoint(truncate)') // all of it in the one file that is copied
})
afterAll(() => rm(dirname(whole), { recursive: true }))

const middleOf = <Item>(items: Item[]) => items.slice(items.length / 3, (items.length * 2) / 3)

type Damage = (database: string) => Promise<void>

const cutShort: Damage = async (database) => truncate(database, (await stat(database)).size / 2)

const without =
  (name: string): Damage =>
  async (database) =>
    overwrite(database, await leavesOf(database, name))

/** Where a server does not look as it starts. */
const overwriteMiddle: Damage = async (database) => {
  const leaves = [await leavesOf(database, EVENTS_BY_ID), await leavesOf(database, 'events')]
  await overwrite(database, leaves.flatMap(middleOf))
}

it.each<[string, Damage]>([
  ['something else', (database) => writeFile(database, 'this is no database '.repeat(500))],
  ['cut short', cutShort],
  ['without its first page', (database) => overwrite(database, [1])],
  ['without the rows of migrations', without('kysely_migration')],
])('says what to do with a file that is %s, and ends', (_, damage) => expectAdvice(damage))

it('says what to do with a file that is without the rows of operators, and ends', () =>
  expectAdvice(without('operators')))

async function expectAdvice(damage: Damage): Promise<void> {
  const database = await copyOf(whole)
  await damage(database)
  const server = await restartableServer(database)
  const { code, stderr, stdout } = await server.spawn().ended
  expect([code, stdout]).toEqual([1, ''])
  expect(stderr).toMatch(/^arunika-server: The database .*arunika\.db cannot be opened: .+\.recover.+\n$/)
}

it('tells of damage once it meets it, and stores what it acknowledges', async () => {
  const database = await copyOf(whole)
  await overwriteMiddle(database)
  const server = await restartableServer(database)
  await server.start()
  const target = targetOf(server.url, credentials)

  const fresh = Array.from({ length: 20 }, () => aServerEvent())
  for (const event of fresh) expect(await sendBatch(target, [event])).toMatchObject({ accepted: 1 })
  const answers = await sendAgain(target)
  expect(new Set(answers)).toEqual(new Set([200, 503]))
  expect([500, 503]).toContain(await statusOfReading(target))
  expect((await fetch(`${target.url}/healthz`)).status).toBe(200)

  const { code, stderr } = await server.stop()
  expect(code).toBe(0)
  expect(stderr).toContain('SQLITE_CORRUPT')
  expect(await lostOf(database, fresh)).toEqual([])
})

it.each<[string, Damage]>([
  ['overwritten in the middle', overwriteMiddle],
  ['cut short', cutShort],
])('goes on as its file is %s under load, and stores what it acknowledges', async (_, damage) => {
  const database = await copyOf(whole)
  const server = await restartableServer(database)
  await server.start()
  const target = targetOf(server.url, credentials)
  const load = startLoad(target, { senders: 4 })
  await load.until(() => load.acknowledged.size >= 200)
  await damage(database)
  const answers = await sendAgain(target)
  const count = load.acknowledged.size + load.refusals.length
  await load.until(() => load.acknowledged.size + load.refusals.length >= count + 20)
  await load.stop()
  expect((await fetch(`${target.url}/healthz`)).status).toBe(200)
  expect(answers).toContain(503)
  expect(answers.filter((status) => status !== 200 && status !== 503)).toEqual([])
  expect(load.refusals.filter(({ status }) => status !== 503)).toEqual([])
  expect(load.wrong).toEqual([])
  expect(load.lost()).toBe(0)

  const { code, stderr } = await server.stop()
  expect(code).toBe(0)
  expect(stderr).toContain('SQLITE_CORRUPT')
  const acknowledged = [...load.acknowledged].map((id) => load.sent.get(id)!)
  expect(await lostOf(database, acknowledged)).toEqual([])
})

/** What is stored, once more: how each request is answered. */
async function sendAgain(target: Target): Promise<(number | null)[]> {
  const answers: (number | null)[] = []
  for (const events of batches(stored, 50)) {
    const answer = await sendBatch(target, events)
    answers.push(answer === null ? null : 'status' in answer ? answer.status : 200)
  }
  return answers
}

/** The first answer that is no page of all that is stored. */
async function statusOfReading({ url, headers }: Target): Promise<number> {
  for (let cursor: string | null = ''; cursor !== null;) {
    const answer = await fetch(`${url}/api/activities?limit=200${cursor && `&cursor=${cursor}`}`, { headers })
    if (!answer.ok) return answer.status
    cursor = ((await answer.json()) as Page<unknown>).nextCursor
  }
  return 200
}

/** Those of some events that are not found by their ids. */
async function lostOf(database: string, events: ServerEvent[]): Promise<string[]> {
  const lost: string[] = []
  for (const { eventId } of events) {
    const find = 'select event_type from events where app_id = ? and event_id = ?'
    const rows = await sql(database, find, credentials.appId, eventId)
    if (rows.length !== 1) lost.push(eventId)
  }
  return lost
}

async function copyOf(database: string): Promise<string> {
  const copy = join(await tempFolder(), 'arunika.db')
  await cp(database, copy)
  return copy
}

function batches(events: ServerEvent[], size: number): ServerEvent[][] {
  return Array.from({ length: events.length / size }, (_, n) => events.slice(n * size, (n + 1) * size))
}
