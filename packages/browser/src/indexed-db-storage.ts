import type { OutboxItem, OutboxStorage } from '@arunika/core'
import { createStore, delMany, getMany, promisifyRequest, setMany } from 'idb-keyval'

/** What has no answer after this time, in milliseconds, may never get one: browsers leave requests without, some databases for good. */
const ANSWER_TIMEOUT_MS = 5_000

/**
 * Items in one record, and records in one read or one removal: each takes the page's main thread a millisecond or two, and
 * lets others run after it.
 */
const MAX_RECORD_ITEMS = 200
const MAX_RECORDS_AT_ONCE = 100

/** The outbox's storage in a page. */
export interface IndexedDbStorage extends OutboxStorage {
  /** The items of some records, which another tab has put. */
  read(keys: string[]): AsyncIterable<unknown[]>
}

/**
 * The outbox's items in a database of the app's own. What was taken in one tick is one record, an array of items, which costs
 * the page a tenth of what a record each would; it goes when the last of its items is answered. Its key is the id of the first, a
 * UUIDv7, so that the order of the keys is the order in which the items were taken.
 *
 * @param onPut - Told of the keys of records when they are durable.
 */
export function createIndexedDbStorage(
  appId: string,
  onPut: (keys: string[]) => void = () => undefined,
): IndexedDbStorage {
  // Another form of the records gets another name, so that tabs with different versions of the SDK do no harm.
  const store = createStore(`arunika-outbox-1-${appId}`, 'items')
  const inTime = createTimeLimit()
  /** The record of each item, and how many items of a record still wait. */
  const keyOf = new Map<string, string>()
  const waiting = new Map<string, number>()

  /** What a record holds, noted. Another program's is given as it is, for the outbox to tell of. */
  function itemsOf(key: string, record: unknown): unknown[] {
    if (!Array.isArray(record)) return [record]
    const items = record as Partial<OutboxItem>[]
    if (!waiting.has(key)) {
      waiting.set(key, items.length)
      for (const item of items) keyOf.set(String(item.id), key)
    }
    return items
  }

  return {
    async *load() {
      let range: IDBKeyRange | undefined
      for (;;) {
        const [keys, records] = await inTime(() =>
          store('readonly', (items) =>
            Promise.all([
              promisifyRequest(items.getAllKeys(range, MAX_RECORDS_AT_ONCE)),
              promisifyRequest<unknown[]>(items.getAll(range, MAX_RECORDS_AT_ONCE)),
            ]),
          ),
        )
        yield records.flatMap((record, index) => itemsOf(String(keys[index]), record))
        const last = keys.at(-1)
        if (last === undefined || keys.length < MAX_RECORDS_AT_ONCE) return
        range = IDBKeyRange.lowerBound(last, true)
      }
    },
    async *read(keys) {
      const records = await inTime(() => getMany<unknown>(keys, store))
      // One that is gone was answered meanwhile.
      yield records.flatMap((record, index) => (record ? itemsOf(keys[index] ?? '', record) : []))
    },
    async put(items) {
      const records: [string, OutboxItem[]][] = []
      for (let i = 0; i < items.length; i += MAX_RECORD_ITEMS) {
        const part = items.slice(i, i + MAX_RECORD_ITEMS)
        records.push([part[0]?.id ?? '', part])
      }
      await inTime(() => setMany(records, store))
      for (const [key, part] of records) itemsOf(key, part)
      onPut(records.map(([key]) => key))
    },
    async remove(ids) {
      const done: string[] = []
      for (const id of ids) {
        const key = keyOf.get(id)
        if (key === undefined) continue
        keyOf.delete(id)
        const left = (waiting.get(key) ?? 0) - 1
        waiting.set(key, left)
        if (left > 0) continue
        waiting.delete(key)
        done.push(key)
      }
      while (done.length > 0) {
        const keys = done.splice(0, MAX_RECORDS_AT_ONCE)
        await inTime(() => delMany(keys, store))
      }
    },
  }
}

/** While a request hangs, those behind it fail at once: each would wait out its time as well, and `close` all of them. */
function createTimeLimit(): <Value>(request: () => Promise<Value>) => Promise<Value> {
  let isHung = false
  return async (request) => {
    if (isHung) throw new Error('IndexedDB has not answered an earlier request')
    let timer: ReturnType<typeof setTimeout> | undefined
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        isHung = true
        reject(new Error(`IndexedDB gave no answer in ${ANSWER_TIMEOUT_MS} ms`))
      }, ANSWER_TIMEOUT_MS)
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
