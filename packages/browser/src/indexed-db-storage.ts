import type { OutboxItem, OutboxStorage } from '@arunika/core'
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

const STORE = 'items'

/** An open database. */
interface Connection {
  db: IDBDatabase
  /** It is gone, with all that it held. */
  lose: () => void
}

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
  const name = `arunika-outbox-1-${appId}`
  let connection: Promise<Connection> | undefined
  const inTime = createTimeLimit()
  /** The record of each item that waits, by the item's id, and how many wait in it. */
  const recordOf = new Map<string, { key: string; waiting: number }>()
  /** The last record of this page, while all of its items wait and it is small. */
  let growing: OutboxItem[] = []

  function note(key: string, items: OutboxItem[]): void {
    const record = { key, waiting: items.length }
    for (const { id } of items) recordOf.set(id, record)
  }

  const growingRecord = () => recordOf.get(growing[0]?.id ?? '')

  function open(): Promise<Connection> {
    const opening = new Promise<Connection>((resolve, reject) => {
      const request = indexedDB.open(name)
      request.onupgradeneeded = () => request.result.createObjectStore(STORE)
      request.onerror = () => {
        connection = undefined
        reject(errorOf(request))
      }
      request.onsuccess = () => {
        const db = request.result
        const lose = () => {
          if (connection !== opening) return
          connection = undefined
          recordOf.clear()
          growing = []
          onLost()
        }
        db.onclose = lose
        // Who wants to delete it waits for us; and would delete what we write meanwhile.
        db.onversionchange = () => {
          db.close()
          lose()
        }
        resolve({ db, lose })
      }
    })
    return opening
  }

  /** Makes some requests in one transaction. Resolves with what they gave when it has ended. */
  function transact<Value>(
    mode: IDBTransactionMode,
    request: (records: IDBObjectStore) => IDBRequest<Value>[],
  ): Promise<Value[]> {
    const attempt = async ({ db }: Connection) => {
      const transaction = db.transaction(STORE, mode)
      const requests = request(transaction.objectStore(STORE))
      await new Promise((resolve, reject) => {
        transaction.oncomplete = resolve
        transaction.onabort = () => reject(errorOf(transaction))
      })
      return requests.map(({ result }) => result)
    }
    return inTime(async () => {
      const before = await (connection ??= open())
      try {
        return await attempt(before)
      } catch (cause) {
        if (!isClosed(cause)) throw cause
        // Closed by the browser, which has deleted it and not told yet.
        before.lose()
        return attempt(await (connection ??= open()))
      }
    })
  }

  async function read(keys: string[]): Promise<unknown[]> {
    const found = await transact<unknown>('readonly', (records) => keys.map((key) => records.get(key)))
    return found.flatMap((record, index) => {
      // One that is gone was answered meanwhile. Another program's is given as it is, for the outbox to tell of.
      if (typeof record !== 'string') return record ? [record] : []
      const items = decodeRecord(record)
      note(keys[index] ?? '', items)
      return items
    })
  }

  return {
    async load() {
      const [found = []] = await transact('readonly', (records) => [records.getAllKeys()])
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
          const found = await read(batch)
          if (found.length > 0) return found
        }
        return []
      }

      return unread
    },
    read,
    async put(items) {
      const grows = growing.length + items.length <= MAX_GROWN_ITEMS
      const all = grows ? [...growing, ...items] : items
      const grownKey = grows && growingRecord()?.key
      const parts: OutboxItem[][] = []
      for (let i = 0; i < all.length; i += MAX_RECORD_ITEMS) parts.push(all.slice(i, i + MAX_RECORD_ITEMS))
      const keys = parts.map(keyFor)
      await transact('readwrite', (records) => {
        if (grownKey) records.delete(grownKey)
        return parts.map((part, index) => records.put(encodeRecord(part), keys[index]))
      })
      parts.forEach((part, index) => note(keys[index] ?? '', part))
      growing = parts.at(-1) ?? []
      onPut(keys)
    },
    async remove(items) {
      const done: string[] = []
      for (const { id } of items) {
        const record = recordOf.get(id)
        if (!record) continue
        if (record === growingRecord()) growing = []
        recordOf.delete(id)
        if (--record.waiting === 0) done.push(record.key)
      }
      while (done.length > 0) {
        const keys = done.splice(0, MAX_RECORDS_AT_ONCE)
        await transact('readwrite', (records) => keys.map((key) => records.delete(key)))
      }
    },
    async clear() {
      growing = []
      recordOf.clear()
      await transact('readwrite', (records) => [records.clear()])
    },
  }
}

/** The id of a record's first item, from its key. */
export function firstIdOf(key: string): string {
  return key.slice(0, key.indexOf(' '))
}

/** A transaction has none where the browser has closed its database. */
function errorOf({ error }: IDBRequest | IDBTransaction): Error {
  return error ?? new DOMException('IndexedDB failed', CLOSED)
}

/** What a database that is closed throws. */
const CLOSED = 'InvalidStateError'

function isClosed(cause: unknown): boolean {
  return cause instanceof DOMException && cause.name === CLOSED
}

function keyFor(items: OutboxItem[]): string {
  const bytes = items.reduce((sum, item) => sum + item.bytes, 0)
  return `${items[0]?.id ?? ''} ${items.length} ${bytes}`
}

/** While a request hangs, those behind it fail at once: each would wait out its time as well, and `close` all of them. */
function createTimeLimit(): <Value>(request: () => Promise<Value>) => Promise<Value> {
  let isHung = false
  return (request) =>
    new Promise((resolve, reject) => {
      const giveUp = () => {
        isHung = true
        reject(new Error(`IndexedDB gave no answer in ${ANSWER_TIMEOUT_MS} ms`))
      }
      if (isHung) {
        giveUp()
        return
      }
      // Where the page itself was blocked, the answer is there already, behind this timer.
      let timer = setTimeout(() => (timer = setTimeout(giveUp, ANSWER_GRACE_MS)), ANSWER_TIMEOUT_MS)
      const end = () => {
        isHung = false
        clearTimeout(timer)
      }
      request().finally(end).then(resolve, reject)
    })
}
