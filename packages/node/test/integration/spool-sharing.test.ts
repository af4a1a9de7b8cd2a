import { renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, it, vi } from 'vitest'
import { thisProcess } from '../../src/spool/process-identity'
import { filesOf, item, killOwners, makeFolder, openSpool, readAll } from '../support/spool'

const LOOK_MS = 20

async function leave(folder: string, count: number) {
  const { spool } = openSpool(folder, { lookMs: 1_000_000_000 })
  const items = Array.from({ length: count }, () => item())
  await spool.load()
  await spool.put(items)
  return { spool, items, ids: items.map(({ id }) => id) }
}

const idsOf = (items: { id: string }[]) => items.map(({ id }) => id)

it('what a living process has is left to it', async () => {
  const folder = makeFolder()
  const { spool, items } = await leave(folder, 3)
  const { spool: other } = openSpool(folder)
  expect(await readAll(other)).toEqual([])
  await spool.remove(items)
  expect(filesOf(folder, '.events')).toEqual([])
})

it('what a dead process has left is found by exactly one of those that start together', async () => {
  const folder = makeFolder()
  const { ids } = await leave(folder, 3)
  killOwners(folder)
  const others = Array.from({ length: 5 }, () => openSpool(folder).spool)
  const found = await Promise.all(others.map(readAll))
  expect(found.flat().map(({ id }) => id)).toEqual(ids)
  expect(filesOf(folder, '.lock')).toHaveLength(5)
})

it('what a process leaves that dies later is taken over by one that runs', async () => {
  const folder = makeFolder()
  const { spool, calls } = openSpool(folder, { lookMs: LOOK_MS })
  await spool.load()
  const { ids } = await leave(folder, 3)
  await delay(3 * LOOK_MS)
  expect(calls.takenOver).toBe(0)
  writeFileSync(
    join(folder, filesOf(folder, '.lock').at(-1)!),
    JSON.stringify({ ...thisProcess(), startedAt: '1' }),
  )
  await vi.waitFor(() => expect(calls.takenOver).toBe(1))
  const backlog = await spool.load()
  expect(backlog.items).toBe(3)
  expect(idsOf(await readAll(spool))).toEqual(ids)
  expect(backlog).toMatchObject({ items: 0, bytes: 0 })
})

it('what a closed client has left is free at once, whatever it hears later', async () => {
  const folder = makeFolder()
  const { spool, items, ids } = await leave(folder, 3)
  spool.close()
  await spool.remove(items)
  expect(idsOf(await readAll(openSpool(folder).spool))).toEqual(ids)
})

it.each([
  ['of another host', JSON.stringify({ ...thisProcess(), machine: 'elsewhere' })],
  ['that is damaged', 'what?'],
  ['that is empty', ''],
])('a lock %s is dead when it has shown no beat in six looks, and not before', async (_, content) => {
  const folder = makeFolder()
  const { ids } = await leave(folder, 1)
  const lock = join(folder, filesOf(folder, '.lock')[0]!)
  writeFileSync(lock, content)
  const { spool, calls } = openSpool(folder, { lookMs: LOOK_MS })
  expect(await readAll(spool)).toEqual([])
  for (let beat = 0; beat < 10; beat++) {
    utimesSync(lock, beat, beat)
    await delay(2 * LOOK_MS)
  }
  expect(calls.takenOver).toBe(0)
  await vi.waitFor(() => expect(calls.takenOver).toBe(1))
  expect(idsOf(await readAll(spool))).toEqual(ids)
})

it('an owner that was found dead though it lives puts again what others have, and keeps the rest', async () => {
  const folder = makeFolder()
  const { spool, calls } = openSpool(folder, { lookMs: LOOK_MS })
  await spool.load()
  const big = Array.from({ length: 3 }, () => item('x'.repeat(200_000)))
  for (const one of big) await spool.put([one])
  const [taken = '', ...kept] = filesOf(folder, '.events').sort()
  expect(kept).toHaveLength(1)
  renameSync(join(folder, taken), join(folder, '..', 'taken'))
  rmSync(join(folder, filesOf(folder, '.lock')[0]!))
  await vi.waitFor(() => expect(calls.lost).toBe(1))
  rmSync(join(folder, '..', 'taken'))
  expect(big.map((one) => spool.keeps(one))).toEqual([false, false, true])

  await spool.put(big)
  expect(big.map((one) => spool.keeps(one))).toEqual([true, true, true])
  killOwners(folder)
  const { spool: next } = openSpool(folder)
  expect(idsOf(await readAll(next)).sort()).toEqual(idsOf(big))
})

it('a folder that was deleted is made anew by the next put', async () => {
  const folder = join(makeFolder(), 'app')
  const { spool, calls } = openSpool(folder, { lookMs: 1_000_000_000 })
  await spool.load()
  rmSync(folder, { recursive: true })
  const one = item()
  await spool.put([one])
  expect(calls.lost).toBe(0)
  killOwners(folder)
  expect(idsOf(await readAll(openSpool(folder).spool))).toEqual([one.id])
})

it('the backlog counts what is not answered, is read a segment at a time, and goes with clear', async () => {
  const folder = makeFolder()
  const { spool, items } = await leave(folder, 2_000)
  await spool.remove(items.slice(0, 100))
  killOwners(folder)
  const { spool: next } = openSpool(folder)
  const backlog = await next.load()
  expect(backlog.items).toBe(1_900)
  const bytes = items.slice(100).reduce((sum, one) => sum + one.bytes, 0)
  expect(backlog.bytes).toBeGreaterThanOrEqual(bytes)
  expect(backlog.bytes).toBeLessThan(1.5 * bytes)
  const first = (await backlog.next()) as { id: string }[]
  expect(idsOf(first)).toEqual(idsOf(items.slice(100, 100 + first.length)))
  expect(first.length).toBeLessThan(1_900)
  expect(backlog.items).toBe(1_900 - first.length)
  await next.clear()
  expect(backlog).toMatchObject({ items: 0, bytes: 0 })
  expect(filesOf(folder, '.events')).toEqual([])
  expect(filesOf(folder, '.answered')).toEqual([])
})
