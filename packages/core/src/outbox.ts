import { callListener } from './call-listener'
import { StorageError } from './errors/storage-error'
import { isOutboxItem, type Backlog, type OutboxItem, type OutboxStorage } from './outbox-item'

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

/** While fewer items than these are in memory, more of those in the storage are read. */
const LOW_WATER = 100

/**
 * The items that wait, in the order in which they were taken. Memory is the working copy of what this life took; a storage
 * holds the same, written once a tick. What the storage holds of earlier lives is read bit by bit, as it is sent: ten
 * thousand events must not hold a page up when it starts. An item leaves only by {@link Outbox.remove} or {@link Outbox.clear}; at
 * the bound a new one is refused. Items of an earlier life are kept whatever the bound.
 */
export interface Outbox {
  /** Resolves when the first items of an earlier page or process have been read. */
  readonly ready: Promise<void>
  /** The number of items that wait in memory. */
  readonly size: number
  /** All that waits, also what has not been read of the storage: items, and the bytes of their JSON. */
  readonly waiting: { items: number; bytes: number }
  /** Whether more items wait in the storage. */
  readonly hasBacklog: boolean
  /** The oldest item in memory, or `undefined` where none waits. */
  readonly oldest: OutboxItem | undefined
  has(id: string): boolean
  /** The items in memory, oldest first. */
  items(): IterableIterator<OutboxItem>
  /** Takes an item; `false` means that the outbox is full and the item was not taken. */
  add(item: OutboxItem): boolean
  /** Forgets items: the server has them, or will never have them. Gives back those that waited. */
  remove(ids: string[]): OutboxItem[]
  /** Forgets all items, also those in the storage. Gives back those that were in memory. */
  clear(): OutboxItem[]
  /**
   * Reads more of the storage where little is left in memory. Never rejects.
   *
   * @param atLeastOnce - Whatever is left in memory.
   */
  refill(atLeastOnce?: boolean): Promise<void>
  /** Looks anew what the storage holds, where others may have written to it. Never rejects. */
  reload(): Promise<void>
  /** Puts all that is in memory into the storage again, which has lost it. */
  rewrite(): void
  /** Takes up what others have put into the same storage. Resolves when it is among the items. Never rejects. */
  adopt(read: () => Promise<unknown[]>): Promise<void>
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
  let backlog: Backlog | null = null
  let refilling: Promise<void> | null = null
  let hasFailed = false
  let unwritten: OutboxItem[] = []
  /** Reads of the storage that have not ended, and what was answered since the first of them was asked for. */
  let reads = 0
  let answered = new Set<string>()
  /** Counts the calls of `clear`: what was being read then is not kept. */
  let clears = 0

  function keep(item: OutboxItem): void {
    if (items.has(item.id)) return
    items.set(item.id, item)
    bytes += item.bytes
  }

  function allWaiting(): Outbox['waiting'] {
    return { items: items.size + (backlog?.items ?? 0), bytes: bytes + (backlog?.bytes ?? 0) }
  }

  async function reload(): Promise<void> {
    const clearsBefore = clears
    try {
      const loaded = storage ? await storage.load() : null
      backlog = clears > clearsBefore ? null : loaded
    } catch (cause) {
      fail(cause)
    }
    await refill()
  }

  function refill(atLeastOnce = false): Promise<void> {
    return (refilling ??= readOn(atLeastOnce).finally(() => (refilling = null)))
  }

  async function readOn(atLeastOnce: boolean): Promise<void> {
    for (let more = atLeastOnce; backlog !== null && (more || items.size < LOW_WATER); more = false) {
      const current = backlog
      reads++
      const records = await read(() => current.next())
      if (records.length === 0 && backlog === current) backlog = null
    }
  }

  /** Takes up the items among the records that are read. Gives back the records. */
  async function read(next: () => Promise<unknown[]>): Promise<unknown[]> {
    const clearsBefore = clears
    let records: unknown[] = []
    try {
      records = [...(await next())]
    } catch (cause) {
      fail(cause)
    }
    const gone = answered
    if (--reads === 0) answered = new Set()
    if (clears > clearsBefore) return []
    const found = records.filter(isOutboxItem)
    const unreadable = records.length - found.length
    if (unreadable > 0) tell(`${unreadable} kept events cannot be read and will not be sent`)
    for (const item of found) if (!gone.has(item.id)) keep(item)
    // What was answered meanwhile may have been read before it was removed.
    erase(found.filter(({ id }) => gone.has(id)))
    return records
  }

  /**
   * In a microtask of its own, so that the put of an item that was answered within its tick comes first. Also after a failure: a
   * storage that is full gets room again, and the next life does not send all of it once more.
   */
  function erase(removed: OutboxItem[]): void {
    if (removed.length > 0) queueMicrotask(() => write((storage) => storage.remove(removed)))
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

  const ready = reload().then(() => {
    // What was taken meanwhile is younger than what an earlier life left. Nothing of it has been written yet.
    for (const item of unwritten) if (items.delete(item.id)) items.set(item.id, item)
  })
  let writes = ready
  return {
    ready,
    get size() {
      return items.size
    },
    get waiting() {
      return allWaiting()
    },
    get hasBacklog() {
      return backlog !== null
    },
    get oldest() {
      for (const item of items.values()) return item
      return undefined
    },
    has: (id) => items.has(id),
    items: () => items.values(),
    add(item) {
      const waiting = allWaiting()
      if (waiting.items >= maxItems || waiting.bytes + item.bytes > maxBytes) return false
      keep(item)
      if (storage && unwritten.push(item) === 1) queueMicrotask(() => write(putAll))
      return true
    },
    remove(ids) {
      const removed: OutboxItem[] = []
      for (const id of ids) {
        if (reads > 0) answered.add(id)
        const item = items.get(id)
        if (item === undefined) continue
        bytes -= item.bytes
        items.delete(id)
        removed.push(item)
      }
      // A map's first item is found by walking past all that were deleted before it.
      if (items.size === 0) items = new Map()
      erase(removed)
      return removed
    },
    clear() {
      const removed = [...items.values()]
      items = new Map()
      bytes = 0
      backlog = null
      unwritten = []
      clears++
      // At once, so that the put of what is taken from now on comes after it.
      write((storage) => storage.clear())
      return removed
    },
    refill,
    reload,
    rewrite() {
      unwritten = [...items.values()]
      write(putAll)
    },
    async adopt(next) {
      reads++
      writes = writes.then(async () => {
        await read(next)
      })
      await writes
    },
    async settled() {
      await Promise.resolve()
      await writes
    },
  }
}
