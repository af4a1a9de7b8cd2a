import { appendFileSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { filesOf, item, makeFolder, openSpool, readAll } from '../support/spool'

/** A folder with a segment that nobody owns, and the path of that. */
async function makeSegment(count: number) {
  const folder = makeFolder()
  const { spool } = openSpool(folder)
  const items = Array.from({ length: count }, (_, index) => item(`event ${index}`))
  await spool.load()
  await spool.put(items)
  const path = join(folder, filesOf(folder, '.events')[0]!)
  spool.close()
  return { folder, path, ids: items.map(({ id }) => id) }
}

async function open(folder: string) {
  const { spool, errors } = openSpool(folder)
  const found = await readAll(spool)
  await Promise.resolve()
  return {
    spool,
    found,
    ids: found.map(({ id }) => id),
    messages: errors.map(({ code, message }) => `${code}: ${message}`),
  }
}

const damagedIn = (folder: string) => {
  const path = join(folder, 'damaged')
  return readdirSync(path).map((name) => readFileSync(join(path, name), 'utf8'))
}

it('a torn tail is set aside and told, and costs no whole record', async () => {
  const { folder, path, ids } = await makeSegment(3)
  const whole = readFileSync(path, 'utf8')
  truncateSync(path, whole.length - 20)
  const { ids: found, messages } = await open(folder)
  expect(found).toEqual(ids.slice(0, 2))
  expect(messages).toEqual([
    expect.stringMatching(/^storage_failed: 1 damaged or half-written records .*damaged\//),
  ])
  expect(damagedIn(folder)).toEqual([`${whole.split('\n')[2]!.slice(0, -19)}\n`])
})

it('a damaged record costs none before or after it, and goes with its segment', async () => {
  const { folder, path, ids } = await makeSegment(3)
  writeFileSync(path, readFileSync(path, 'utf8').replace('event 1', 'event 7'))
  const { spool, found, messages } = await open(folder)
  expect(found.map(({ id }) => id)).toEqual([ids[0], ids[2]])
  expect(messages).toHaveLength(1)
  await spool.remove(found)
  expect(filesOf(folder, '.events')).toEqual([])
  expect(damagedIn(folder)[0]).toContain('event 7')
})

it('a segment of zeros, as a loss of power leaves it, and one of another program hold nothing', async () => {
  const { folder, path, ids } = await makeSegment(2)
  writeFileSync(path.replace('.events', '').replace(/^(.*\/)0/, '$11') + '.events', Buffer.alloc(4_096))
  appendFileSync(path, 'what is this?\n')
  const { ids: found, messages } = await open(folder)
  expect(found).toEqual(ids)
  expect(messages).toHaveLength(2)
})

it('a file of the size that no segment has is moved aside unread', async () => {
  const { folder, path, ids } = await makeSegment(1)
  truncateSync(path, 20_000_000)
  const { ids: found, messages } = await open(folder)
  expect(ids).toHaveLength(1)
  expect(found).toEqual([])
  expect(messages).toEqual([expect.stringMatching(/20000000 bytes was no part of the spool/)])
  expect(filesOf(folder, '.events')).toEqual([])
})

it('a foreign file is told of once and stays; folders and hidden files are nobody’s concern', async () => {
  const { folder, ids } = await makeSegment(1)
  writeFileSync(join(folder, 'notes.txt'), 'mine')
  writeFileSync(join(folder, '.gitkeep'), '')
  mkdirSync(join(folder, 'backup'))
  const { spool, ids: found, messages } = await open(folder)
  expect(found).toEqual(ids)
  expect(messages).toEqual([expect.stringMatching(/notes\.txt is no part of the spool/)])
  spool.close()
  expect(readFileSync(join(folder, 'notes.txt'), 'utf8')).toBe('mine')
})

it('a folder in the place of a segment is passed by', async () => {
  const { folder, path, ids } = await makeSegment(1)
  mkdirSync(path.replace(/^(.*\/)0/, '$11'))
  expect((await open(folder)).ids).toEqual(ids)
})

it('an empty segment, made before a crash, goes', async () => {
  const { folder, path } = await makeSegment(1)
  truncateSync(path, 0)
  const { ids, messages } = await open(folder)
  expect([ids, messages]).toEqual([[], []])
  expect(filesOf(folder, '.events')).toEqual([])
})

it('marks without their segment go', async () => {
  const { folder, path } = await makeSegment(1)
  writeFileSync(join(folder, '0190a1b2-c3d4-7e5f-8a6b-000000000001.answered'), '')
  expect(path).toContain('.events')
  await open(folder)
  expect(filesOf(folder, '.answered')).toEqual([])
})
