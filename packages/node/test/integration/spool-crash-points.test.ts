import { closeSync, mkdirSync, readFileSync, truncateSync, writeFileSync, writeSync } from 'node:fs'
import { rm, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { OutboxItem } from '@arunika/core'
import { createSpool, type Spool } from '../../src/spool/spool'
import type { Write } from '../../src/spool/segment-writer'
import { filesOf, item, killOwners, readAll } from '../support/spool'

const open = (folder: string, write?: Write) =>
  createSpool({
    folder,
    fsync: false,
    write,
    // One that crashed looks after nothing.
    lookMs: 1_000_000_000,
    onError: () => undefined,
    onTakenOver: () => undefined,
    onLost: () => undefined,
  })

/** A tick: how many events it takes, of which length, and how many of those that wait are answered after it. */
const tick = fc.record({
  lengths: fc.array(fc.oneof(fc.nat(300), fc.constantFrom(60_000, 150_000)), { minLength: 1, maxLength: 5 }),
  answered: fc.nat(4),
})

interface Tick {
  items: OutboxItem[]
  answered: OutboxItem[]
}

/** What a process does until it ends: by itself, or after so many bytes. Gives back how many ticks were complete. */
async function live(spool: Spool, ticks: Tick[]): Promise<number> {
  await spool.load()
  for (const [index, { items, answered }] of ticks.entries()) {
    try {
      await spool.put(items)
    } catch {
      return index
    }
    await spool.remove(answered)
  }
  return ticks.length
}

/** Writes as a process does that is killed after so many bytes: its files are closed, and nothing can be mended. */
function crashAfter(bytes: number): Write {
  return (file, data, offset) => {
    const length = Math.min(bytes, data.length - offset)
    bytes -= writeSync(file, data, offset, length)
    if (length === data.length - offset) return length
    closeSync(file)
    throw new Error('crashed')
  }
}

/** What the next life finds. */
async function survivors(folder: string): Promise<string[]> {
  const spool = open(folder)
  const found = await readAll(spool)
  spool.close()
  return idsOf(found)
}

const idsOf = (items: OutboxItem[]) => items.map(({ id }) => id)

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'arunika-spool-'))
  try {
    await use(join(folder, 'app'))
  } finally {
    await rm(folder, { recursive: true })
  }
}

it('after a crash at any byte of any write, what is read is a prefix that holds every completed tick', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(tick, { minLength: 1, maxLength: 6 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (shape, at) =>
        inFolder(async (folder) => {
          const waiting: OutboxItem[] = []
          const ticks = shape.map(({ lengths, answered }) => {
            const items = lengths.map((length) => item('x'.repeat(length)))
            waiting.push(...items)
            return { items, answered: waiting.splice(0, answered) }
          })
          const all = ticks.flatMap(({ items }) => items)
          const bytes = all.reduce((sum, { json }) => sum + json.length + 60, 0)
          const dying = open(folder, crashAfter(Math.floor(at * bytes)))
          const completed = await live(dying, ticks)
          const safe = ticks.slice(0, completed)
          const gone = new Set(idsOf(safe.flatMap(({ answered }) => answered)))
          const waitingOf = (items: OutboxItem[]) => idsOf(items).filter((id) => !gone.has(id))
          killOwners(folder)

          const found = await survivors(folder)
          expect(found).toEqual(waitingOf(all).slice(0, found.length))
          expect(found.length).toBeGreaterThanOrEqual(waitingOf(safe.flatMap(({ items }) => items)).length)
        }),
    ),
    { numRuns: 150 },
  )
})

it('after a cut at each byte of the last write, has all that was written before it', async () => {
  const ticks = [
    [item('a'), item('b')],
    [item('c'), item('d')],
  ]
  await inFolder(async (folder) => {
    const spool = open(folder)
    await spool.load()
    await spool.put(ticks[0]!)
    const [name = ''] = filesOf(folder, '.events')
    const safe = readFileSync(join(folder, name)).length
    await spool.put(ticks[1]!)
    const bytes = readFileSync(join(folder, name))
    const expected = idsOf(ticks.flat())
    for (let length = safe; length <= bytes.length; length++) {
      const copy = join(folder, `cut-at-${length}`)
      mkdirSync(copy)
      writeFileSync(join(copy, name), bytes.subarray(0, length))
      const found = await survivors(copy)
      expect(found.length).toBeGreaterThanOrEqual(2)
      expect(found).toEqual(expected.slice(0, found.length))
    }
    expect(await survivors(join(folder, `cut-at-${bytes.length}`))).toEqual(expected)
    spool.close()
  })
})

it('marks that are torn at any byte make no event answered that is not', async () => {
  const items = Array.from({ length: 4 }, () => item())
  await inFolder(async (folder) => {
    const spool = open(folder)
    await spool.load()
    await spool.put(items)
    await spool.remove(items.slice(0, 3))
    spool.close()
    const [marks = ''] = filesOf(folder, '.answered')
    for (let { length } = readFileSync(join(folder, marks)); length >= 0; length--) {
      truncateSync(join(folder, marks), length)
      // An id is whole without its line break.
      const answered = Math.floor((length + 1) / 37)
      expect(await survivors(folder)).toEqual(idsOf(items.slice(answered)))
    }
  })
})
