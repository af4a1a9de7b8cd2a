import type { OutboxItem, OutboxStorage } from '@arunika/core'
import { createStore, promisifyRequest } from 'idb-keyval'
import { decodeRecord, encodeRecord } from './outbox-record'

/** What has no answer after this time, in milliseconds, may never get one: browsers leave requests without, some databases for good. */
const ANSWER_TIMEOUT_MS = 5_000
const ANSWER_GRACE_MS = 500

/** Items of one tick that share a record, and of how many ticks: each time such a record grows, all of it is written again. */
const MAX_RECORD_ITEMS = 200
const MAX_GROWN_ITEMS = 20

/** Records in one removal, and items in one read: each takes the page's main thread a millisecond, and lets others run after it. */
const MAX_RECORDS_AT_ONCE = 50
const MIN_ITEMS_AT_ONCE = 100

/** The outbox's storage in a page. */
export interface IndexedDbStorage extends OutboxStorage {
  /** The items of some records, which another tab has put. */
  read(keys: string[]): Promise<unknown[]>
}

/**
 * The outbox's items in a database of the app's own. Many items share a record, which costs the page a tenth of what a record each
 * would; it goes when the last of them is answered. Its key is the id of the first, a UUIDv7, so that the order of the keys is
 * the order in which the items were taken; behind it, how many they are and of how many bytes, so that nobody has to read them to
 * know.
 *
 * @param onPut - Told of the keys of records when they are durable.
 * @param onLost - Told when the database was deleted: by the person, by another tab. The next write makes it anew.
 */
export function createIndexedDbStorage(
  appId: string,
  onPut: (keys: string[]) => void,
  onLost: () => void,
): IndexedDbStorage {
  // Another form of the records gets another name, so that tabs with different versions of the SDK do no harm.
  const open = () => createStore(`arunika-outbox-1-${appId}`, 'items')
  let store = open()
  let watched: IDBDatabase | undefined
  const inTime = createTimeLimit()
  /** The key of each record, and which of its items still wait, by the id of its first, which each of them has for its place. */
  const waiting = new Map<string, { key: string; ids: Set<string> }>()
  /** The last record of this page, while all of its items wait and it is small. */
  let growing: OutboxItem[] = []

  function note(key: string, items: OutboxItem[]): void {
    const place = firstIdOf(key)
    const ids = waiting.get(place)?.ids ?? new Set()
    waiting.set(place, { key, ids })
    for (const item of items) {
      item.place = place
      ids.add(item.id)
    }
  }

  /** What a record holds, noted. Another program's is given as it is, for the outbox to tell of. */
  function itemsOf(key: string, record: unknown): unknown[] {
    const items = decodeRecord(record)
    if (typeof record === 'string') note(key, items as OutboxItem[])
    return items
  }

  function watch({ transaction: { db } }: IDBObjectStore): void {
    if (db === watched) return
    watched = db
    const lose = () => {
      if (db !== watched) return
      waiting.clear()
      growing = []
      onLost()
    }
    db.addEventListener('close', lose)
    // Who wants to delete it waits for us; and would delete what we write meanwhile.
    db.addEventListener('versionchange', () => {
      db.close()
      store = open()
      lose()
    })
  }

  /** Each is one transaction. */
  const read = <Value>(requests: (records: IDBObjectStore) => Promise<Value>) =>
    inTime(() =>
      store('readonly', (records) => {
        watch(records)
        return requests(records)
      }),
    )
  const change = (requests: (records: IDBObjectStore) => void) =>
    inTime(() =>
      store('readwrite', (records) => {
        watch(records)
        requests(records)
        return promisifyRequest(records.transaction)
      }),
    )
  /** One that is gone was answered meanwhile. */
  const readRecords = async (keys: string[]) => {
    const found = await read((records) =>
      Promise.all(keys.map((key) => promisifyRequest<unknown>(records.get(key)))),
    )
    return found.flatMap((record, index) => (record ? itemsOf(keys[index] ?? '', record) : []))
  }

  return {
    async load() {
      const found = await read((records) => promisifyRequest(records.getAllKeys()))
      const keys = found.filter((key) => typeof key === 'string')
      const unread = { items: 0, bytes: 0, next }
      for (const key of keys) count(key, 1)

      function count(key: string, sign: number): void {
        const [, items, bytes] = key.split(' ')
        unread.items += sign * (Number(items) || 0)
        unread.bytes += sign * (Number(bytes) || 0)
      }

      async function next(): Promise<unknown[]> {
        while (keys.length > 0) {
          const enough = unread.items - MIN_ITEMS_AT_ONCE
          const batch: string[] = []
          while (keys.length > 0 && batch.length < MAX_RECORDS_AT_ONCE && unread.items > enough) {
            const key = keys.shift() ?? ''
            count(key, -1)
            batch.push(key)
          }
          const found = await readRecords(batch)
          if (found.length > 0) return found
        }
        return []
      }

      return unread
    },
    read: readRecords,
    async put(items) {
      const grown = growing.length + items.length <= MAX_GROWN_ITEMS ? growing : []
      const parts = grown.length > 0 ? [[...grown, ...items]] : []
      if (grown.length === 0)
        for (let i = 0; i < items.length; i += MAX_RECORD_ITEMS)
          parts.push(items.slice(i, i + MAX_RECORD_ITEMS))
      const keys = parts.map(keyFor)
      const grownKey = waiting.get(grown[0]?.place ?? '')?.key
      await change((records) => {
        if (grownKey) records.delete(grownKey)
        parts.forEach((part, index) => records.put(encodeRecord(part), keys[index]))
      })
      parts.forEach((part, index) => note(keys[index] ?? '', part))
      growing = parts.at(-1) ?? []
      onPut(keys)
    },
    async remove(items) {
      const done: string[] = []
      for (const { id, place = '' } of items) {
        const record = waiting.get(place)
        record?.ids.delete(id)
        if (place === growing[0]?.place) growing = []
        if (record?.ids.size !== 0) continue
        waiting.delete(place)
        done.push(record.key)
      }
      while (done.length > 0) {
        const keys = done.splice(0, MAX_RECORDS_AT_ONCE)
        await change((records) => keys.forEach((key) => records.delete(key)))
      }
    },
    async clear() {
      growing = []
      waiting.clear()
      await change((records) => records.clear())
    },
  }
}

/** The id of a record's first item, from its key. */
export function firstIdOf(key: string): string {
  return key.slice(0, key.indexOf(' '))
}

function keyFor(items: OutboxItem[]): string {
  const bytes = items.reduce((sum, item) => sum + item.bytes, 0)
  return `${items[0]?.id ?? ''} ${items.length} ${bytes}`
}

/** While a request hangs, those behind it fail at once: each would wait out its time as well, and `close` all of them. */
function createTimeLimit(): <Value>(request: () => Promise<Value>) => Promise<Value> {
  let isHung = false
  return async (request) => {
    const error = new Error(`IndexedDB gave no answer in ${ANSWER_TIMEOUT_MS} ms`)
    if (isHung) throw error
    let timer: ReturnType<typeof setTimeout> | undefined
    const timeout = new Promise<never>((_, reject) => {
      const giveUp = () => {
        isHung = true
        reject(error)
      }
      // Where the page itself was blocked, the answer is there already, behind this timer.
      timer = setTimeout(() => (timer = setTimeout(giveUp, ANSWER_GRACE_MS)), ANSWER_TIMEOUT_MS)
    })
    // In a promise from the start: where there is no IndexedDB, the request throws.
    const answer = Promise.resolve()
      .then(request)
      .finally(() => {
        isHung = false
        clearTimeout(timer)
      })
    return Promise.race([answer, timeout])
  }
}
