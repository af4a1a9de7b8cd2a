import { callListener } from './call-listener'
import { StorageError } from './errors/storage-error'
import { isOutboxItem, type OutboxItem, type OutboxStorage } from './outbox-item'

/** What {@link createOutbox} is made from. */
export interface OutboxOptions {
  /** Where items outlive the process; memory alone where left out. */
  storage?: OutboxStorage | undefined
  /** Items that may wait. */
  maxItems: number
  /** Bytes of JSON that may wait. */
  maxBytes: number
  /**
   * Told once, when the storage first fails: from then on new items wait in memory only. And where a storage that works
   * holds records that are no items.
   */
  onStorageError: (error: StorageError) => void
}

/**
 * The items that wait, in the order in which they were taken. The working copy is in memory; a storage holds the same,
 * written once a tick. An item leaves only by {@link Outbox.remove}; at the bound a new one is refused. Items of an earlier
 * life are kept whatever the bound.
 */
export interface Outbox {
  /** Resolves when the items of an earlier page or process have been read. */
  readonly ready: Promise<void>
  /** The number of items that wait. */
  readonly size: number
  /** The oldest item, or `undefined` where none waits. */
  readonly oldest: OutboxItem | undefined
  has(id: string): boolean
  /** The items that wait, oldest first. */
  items(): IterableIterator<OutboxItem>
  /** Takes an item; `false` means that the outbox is full and the item was not taken. */
  add(item: OutboxItem): boolean
  /** Forgets items: the server has them, or will never have them. Gives back those that waited. */
  remove(ids: string[]): OutboxItem[]
  /** Takes up what others have put into the same storage. Resolves when it is among the items. Never rejects. */
  adopt(records: AsyncIterable<unknown[]>): Promise<void>
  /** Resolves when everything taken and removed so far is in the storage, or the storage has failed. Never rejects. */
  settled(): Promise<void>
}

/**
 * Makes an outbox, and begins to read its storage.
 *
 * @example
 * const outbox = createOutbox({ maxItems: 10_000, maxBytes: 8_388_608, onStorageError: console.warn })
 * if (!outbox.add(item)) console.warn('too much waits')
 */
export function createOutbox(options: OutboxOptions): Outbox {
  const { storage, maxItems, maxBytes } = options
  let items = new Map<string, OutboxItem>()
  let bytes = 0
  let hasFailed = false
  let unwritten: OutboxItem[] = []
  /** Reads of the storage that have not ended, and what was answered since the first of them was asked for. */
  let reads = 0
  let answered = new Set<string>()

  function keep(item: OutboxItem): void {
    if (items.has(item.id)) return
    items.set(item.id, item)
    bytes += item.bytes
  }

  function remove(ids: string[]): OutboxItem[] {
    const removed: OutboxItem[] = []
    for (const id of ids) {
      if (reads > 0) answered.add(id)
      const item = items.get(id)
      if (item === undefined) continue
      bytes -= item.bytes
      items.delete(id)
      removed.push(item)
    }
    erase(removed)
    return removed
  }

  /**
   * In a microtask of its own, so that the put of an item that was answered within its tick comes first. Also after a failure: a
   * storage that is full gets room again, and the next life does not send all of it once more.
   */
  function erase(removed: OutboxItem[]): void {
    if (removed.length > 0) queueMicrotask(() => write((storage) => storage.remove(removed)))
  }

  async function load(): Promise<void> {
    if (storage === undefined) return
    reads++
    const stored = await read(() => storage.load())
    const taken = items.values()
    items = new Map()
    bytes = 0
    for (const item of stored) keep(item)
    for (const item of taken) keep(item)
  }

  /** The items among the records, all of them or none: a corrupt storage must not cost what was taken meanwhile. */
  async function read(open: () => AsyncIterable<unknown[]>): Promise<OutboxItem[]> {
    const found: OutboxItem[] = []
    let unreadable = 0
    try {
      for await (const part of open()) {
        for (const record of part) {
          if (isOutboxItem(record)) found.push(record)
          else unreadable++
        }
      }
    } catch (cause) {
      fail(cause)
      found.length = 0
    }
    if (unreadable > 0) tell(`${unreadable} kept events cannot be read and will not be sent`)
    // What was answered meanwhile may have been read before it was removed.
    const gone = answered
    if (--reads === 0) answered = new Set()
    erase(found.filter(({ id }) => gone.has(id)))
    return found.filter(({ id }) => !gone.has(id))
  }

  /** Puts all that has gathered while an earlier write was under way. */
  async function putAll(storage: OutboxStorage): Promise<void> {
    const gathered = unwritten
    unwritten = []
    // After a failure not even tried: a slow storage that fails each time would only cost.
    if (!hasFailed && gathered.length > 0) await storage.put(gathered)
  }

  function write(operation: (storage: OutboxStorage) => Promise<void>): void {
    if (storage) writes = writes.then(() => operation(storage)).catch(fail)
  }

  function fail(cause: unknown): void {
    if (hasFailed) return
    hasFailed = true
    tell('The outbox cannot be kept on this device: events wait in memory until they are sent', { cause })
  }

  function tell(message: string, errorOptions?: ErrorOptions): void {
    callListener('error', () => options.onStorageError(new StorageError(message, errorOptions)))
  }

  const ready = load()
  let writes = ready
  return {
    ready,
    get size() {
      return items.size
    },
    get oldest() {
      for (const item of items.values()) return item
      return undefined
    },
    has: (id) => items.has(id),
    items: () => items.values(),
    add(item) {
      if (items.size >= maxItems || bytes + item.bytes > maxBytes) return false
      keep(item)
      if (storage && unwritten.push(item) === 1) queueMicrotask(() => write(putAll))
      return true
    },
    remove,
    async adopt(records) {
      reads++
      await (writes = writes.then(async () => (await read(() => records)).forEach(keep)))
    },
    async settled() {
      await Promise.resolve()
      await writes
    },
  }
}
