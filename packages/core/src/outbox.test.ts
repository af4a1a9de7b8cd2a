import { afterEach, describe, expect, it, vi } from 'vitest'
import { microtasks } from '../test/fake-clock'
import { itemOf } from '../test/item'
import { backlogOf, MemoryStorage } from '../test/memory-storage'
import type { StorageError } from './errors/storage-error'
import { createOutbox, type OutboxOptions } from './outbox'
import type { Backlog } from './outbox-item'

afterEach(() => vi.restoreAllMocks())

function outboxOver(storage?: MemoryStorage, options: Partial<OutboxOptions> = {}) {
  const errors: StorageError[] = []
  const onStorageError = (error: StorageError) => void errors.push(error)
  const outbox = createOutbox({ storage, maxItems: 100, maxBytes: 10_000, onStorageError, ...options })
  const ids = () => [...outbox.items()].map(({ id }) => id)
  return { outbox, errors, ids }
}

describe('an outbox', () => {
  it('keeps items in the order in which they were taken', () => {
    const { outbox, ids } = outboxOver()
    for (const id of ['b', 'a', 'c']) outbox.add(itemOf(id))
    expect(ids()).toEqual(['b', 'a', 'c'])
    expect(outbox.oldest?.id).toBe('b')
    expect(outbox.has('a')).toBe(true)
    expect(outbox.size).toBe(3)
  })

  it('refuses what is beyond its bounds, and takes again when there is room', () => {
    const { outbox, ids } = outboxOver(undefined, { maxItems: 3, maxBytes: 100 })
    expect(outbox.add(itemOf('a', { bytes: 60 }))).toBe(true)
    expect(outbox.add(itemOf('b', { bytes: 41 }))).toBe(false)
    expect(outbox.add(itemOf('c', { bytes: 40 }))).toBe(true)
    expect(outbox.add(itemOf('d', { bytes: 0 }))).toBe(true)
    expect(outbox.add(itemOf('e', { bytes: 0 }))).toBe(false)
    outbox.remove(['a', 'never taken'])
    outbox.remove(['a'])
    expect(outbox.add(itemOf('f', { bytes: 60 }))).toBe(true)
    expect(outbox.add(itemOf('g', { bytes: 1 }))).toBe(false)
    expect(ids()).toEqual(['c', 'd', 'f'])
  })

  it('without a storage is ready and settled at once', async () => {
    const { outbox } = outboxOver()
    await outbox.ready
    outbox.add(itemOf('a'))
    await outbox.settled()
  })
})

describe('the storage', () => {
  it('gets the items of one tick in one transaction', async () => {
    const storage = new MemoryStorage()
    const { outbox } = outboxOver(storage)
    await outbox.ready
    outbox.add(itemOf('a'))
    outbox.add(itemOf('b'))
    await outbox.settled()
    outbox.add(itemOf('c'))
    await outbox.settled()
    expect(storage.calls).toEqual(['load', 'put a b', 'put c'])
  })

  it('sees an item put before it is removed, within a tick and across', async () => {
    const storage = new MemoryStorage()
    const { outbox } = outboxOver(storage)
    outbox.add(itemOf('a'))
    outbox.remove(['a'])
    outbox.add(itemOf('b'))
    await microtasks()
    outbox.remove(['b'])
    await outbox.settled()
    expect(storage.calls).toEqual(['load', 'put a b', 'remove a', 'remove b'])
    expect(storage.kept.size).toBe(0)
  })

  it('is settled only when the writes of this tick are done', async () => {
    const storage = new MemoryStorage()
    const { outbox } = outboxOver(storage)
    await outbox.ready
    let complete = () => {}
    storage.onCall = () => new Promise((resolve) => (complete = resolve))
    outbox.add(itemOf('a'))
    let isSettled = false
    const settled = outbox.settled().then(() => (isSettled = true))
    await microtasks()
    expect(isSettled).toBe(false)
    complete()
    await settled
    expect(storage.kept.has('a')).toBe(true)
  })

  it('gives its items first, also where others were taken while it was read', async () => {
    const storage = new MemoryStorage([itemOf('old'), itemOf('both')])
    const { outbox, ids } = outboxOver(storage)
    outbox.add(itemOf('new'))
    outbox.add(itemOf('both'))
    await outbox.ready
    expect(ids()).toEqual(['old', 'new', 'both'])
    await outbox.settled()
    expect([...storage.kept.keys()]).toEqual(['old', 'both', 'new'])
  })

  it('gives all its items whatever the bound, which then refuses new ones', async () => {
    const storage = new MemoryStorage(['a', 'b', 'c'].map((id) => itemOf(id)))
    const { outbox } = outboxOver(storage, { maxItems: 2 })
    await outbox.ready
    expect(outbox.size).toBe(3)
    expect(outbox.add(itemOf('d'))).toBe(false)
  })

  it.each(['load', 'put', 'remove'] as const)(
    'that fails to %s is told of once, and memory takes over',
    async (operation) => {
      const storage = new MemoryStorage()
      storage.onCall = (name) => {
        if (name === operation) throw new Error(`no ${name}`)
      }
      const { outbox, errors, ids } = outboxOver(storage)
      await outbox.ready
      for (const id of ['a', 'b', 'c']) {
        outbox.add(itemOf(id))
        await outbox.settled()
        if (id !== 'c') outbox.remove([id])
        await outbox.settled()
      }
      expect(ids()).toEqual(['c'])
      expect(errors).toMatchObject([{ code: 'storage_failed', cause: { message: `no ${operation}` } }])
    },
  )

  it('that was full is emptied of what was answered, and not filled again', async () => {
    const storage = new MemoryStorage([itemOf('old')])
    const { outbox } = outboxOver(storage)
    storage.onCall = (name) => {
      if (name === 'put') throw new DOMException('full', 'QuotaExceededError')
    }
    await outbox.ready
    outbox.add(itemOf('a'))
    await outbox.settled()
    outbox.remove(['old'])
    outbox.add(itemOf('b'))
    await outbox.settled()
    expect(storage.calls).toEqual(['load', 'put a', 'remove old'])
    expect(storage.kept.size).toBe(0)
  })

  it.each([
    ['nothing', undefined],
    ['no records', { items: 1, bytes: 1, next: () => Promise.resolve(undefined) }],
    ['a part, and then breaks', brokenBacklog()],
  ])('that reads %s costs nothing that was taken meanwhile', async (_, records) => {
    const storage = new MemoryStorage()
    storage.load = () => Promise.resolve(records as never)
    const { outbox, errors, ids } = outboxOver(storage)
    outbox.add(itemOf('a'))
    await outbox.ready
    expect(ids().at(-1)).toBe('a')
    expect(errors).toHaveLength(1)
  })

  it('that holds records of another form gives the items, tells of the rest, and works on', async () => {
    const storage = new MemoryStorage()
    const records = [null, 7, 'text', {}, { ...itemOf('a'), bytes: NaN }, { ...itemOf('b'), json: undefined }]
    storage.load = () => Promise.resolve(backlogOf([...records, itemOf('good')]))
    const { outbox, errors, ids } = outboxOver(storage)
    await outbox.ready
    outbox.add(itemOf('new'))
    await outbox.settled()
    expect(ids()).toEqual(['good', 'new'])
    expect(errors.map(({ message }) => message)).toEqual([
      '6 kept events cannot be read and will not be sent',
    ])
    expect(storage.kept.has('new')).toBe(true)
  })

  it.each([
    ['cut off', itemOf('bad', { json: '{"eventId":"bad","eventType":"log' })],
    ['without its beginning', itemOf('bad', { json: '"eventId":"bad"}' })],
    ['empty', itemOf('bad', { json: '' })],
    ['of another event', itemOf('bad', { json: '{"eventId":"other"}' })],
    ['of an event whose id begins with this one', itemOf('bad', { json: '{"eventId":"bad2"}' })],
  ])('that holds an item with JSON that is %s does not send it among the good ones', async (_, record) => {
    const storage = new MemoryStorage([itemOf('first'), record, itemOf('last')])
    const { outbox, errors, ids } = outboxOver(storage)
    await outbox.ready
    expect(ids()).toEqual(['first', 'last'])
    expect(errors).toMatchObject([
      { code: 'storage_failed', message: expect.stringMatching(/^1 kept/) as string },
    ])
  })

  it('that others write to gives what they put, but for what was answered meanwhile', async () => {
    const storage = new MemoryStorage()
    const { outbox, ids } = outboxOver(storage)
    await outbox.ready
    outbox.add(itemOf('mine'))
    await outbox.adopt(async () => {
      const read = await Promise.resolve([itemOf('theirs'), itemOf('answered'), itemOf('mine')])
      outbox.remove(['answered'])
      return read
    })
    expect(ids()).toEqual(['mine', 'theirs'])
    await outbox.settled()
    expect(storage.calls).toEqual(['load', 'put mine', 'remove answered'])
  })

  it('that holds much is read as it is sent, and counts for the bound all the same', async () => {
    const storage = new MemoryStorage(Array.from({ length: 1_000 }, (_, i) => itemOf(`old_${i}`)))
    const { outbox, ids } = outboxOver(storage, { maxItems: 1_000 })
    await outbox.ready
    expect(outbox.size).toBeLessThan(110)
    expect(outbox.hasBacklog).toBe(true)
    expect(outbox.add(itemOf('new'))).toBe(false)
    const seen = new Set<string>()
    while (outbox.size > 0) {
      for (const id of ids()) seen.add(id)
      outbox.remove(ids())
      await outbox.refill()
    }
    expect(seen.size).toBe(1_000)
    expect(outbox.hasBacklog).toBe(false)
    expect(outbox.add(itemOf('new'))).toBe(true)
  })

  it('is emptied by a clear, also of what is being read', async () => {
    const storage = new MemoryStorage(Array.from({ length: 1_000 }, (_, i) => itemOf(`old_${i}`)))
    const { outbox, ids } = outboxOver(storage)
    outbox.add(itemOf('taken'))
    expect(outbox.clear().map(({ id }) => id)).toEqual(['taken'])
    outbox.add(itemOf('later'))
    await outbox.ready
    await outbox.settled()
    expect(ids()).toEqual(['later'])
    expect([...storage.kept.keys()]).toEqual(['later'])
  })

  it('gets what gathers while a write is under way in one transaction', async () => {
    const storage = new MemoryStorage()
    const { outbox } = outboxOver(storage)
    await outbox.ready
    let complete = () => {}
    storage.onCall = () => new Promise((resolve) => (complete = resolve))
    outbox.add(itemOf('a'))
    await microtasks()
    for (const id of ['b', 'c', 'd']) {
      outbox.add(itemOf(id))
      await microtasks()
    }
    storage.onCall = () => undefined
    complete()
    await outbox.settled()
    expect(storage.calls).toEqual(['load', 'put a', 'put b c d'])
  })

  it('may fail while whoever is told of it throws', async () => {
    const toConsole = vi.spyOn(console, 'error').mockReturnValue()
    const storage = new MemoryStorage()
    storage.onCall = () => Promise.reject(new Error('broken'))
    const { outbox } = outboxOver(storage, {
      onStorageError: () => {
        throw new Error('listener')
      },
    })
    outbox.add(itemOf('a'))
    await outbox.settled()
    expect(outbox.size).toBe(1)
    expect(toConsole).toHaveBeenCalledOnce()
  })
})

function brokenBacklog(): Backlog {
  let isFirst = true
  return {
    items: 2,
    bytes: 2,
    next() {
      if (!isFirst) return Promise.reject(new Error('corrupt'))
      isFirst = false
      return Promise.resolve([itemOf('first')])
    },
  }
}
