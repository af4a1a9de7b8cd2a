import type { OutboxItem, OutboxStorage } from '@arunika/core'
import { createStore, delMany, setMany, values, type UseStore } from 'idb-keyval'

/** What has no answer after this time, in milliseconds, may never get one: browsers leave requests without, some databases for good. */
const ANSWER_TIMEOUT_MS = 5_000

/**
 * The outbox's items in a database of the app's own, a record each. The key is the event's id, a UUIDv7, so that the
 * order of the keys is the order in which the items were taken.
 */
export function createIndexedDbStorage(appId: string): OutboxStorage {
  let opened: Promise<{ store: UseStore; items: OutboxItem[] }>
  let isHung = false

  async function open(): Promise<{ store: UseStore; items: OutboxItem[] }> {
    // Another form of the records gets another name, so that tabs with different versions of the SDK do no harm.
    const store = createStore(`arunika-outbox-1-${appId}`, 'items')
    return { store, items: await inTime(() => values<OutboxItem>(store)) }
  }

  /** While a request hangs, those behind it fail at once: each would wait out its time as well, and `close` all of them. */
  async function inTime<Value>(request: () => Promise<Value>): Promise<Value> {
    if (isHung) throw new Error('IndexedDB has not answered an earlier request')
    let timer: ReturnType<typeof setTimeout> | undefined
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        isHung = true
        reject(new Error(`IndexedDB gave no answer in ${ANSWER_TIMEOUT_MS} ms`))
      }, ANSWER_TIMEOUT_MS)
    })
    const answer = request().finally(() => {
      isHung = false
      clearTimeout(timer)
    })
    return Promise.race([answer, timeout])
  }

  return {
    async load() {
      opened = open()
      return (await opened).items
    },
    async put(items) {
      const { store } = await opened
      await inTime(() =>
        setMany(
          items.map((item) => [item.id, item]),
          store,
        ),
      )
    },
    async remove(ids) {
      const { store } = await opened
      await inTime(() => delMany(ids, store))
    },
  }
}
