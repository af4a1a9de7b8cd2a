import { callListener } from './call-listener'
import { StorageError } from './errors/storage-error'
import { isOutboxItem, type OutboxItem, type OutboxStorage } from './outbox-item'

/** What {@link Outbox} is made from. */
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
 *
 * @example
 * const outbox = new Outbox({ maxItems: 10_000, maxBytes: 8_388_608, onStorageError: console.warn })
 * if (!outbox.add(item)) console.warn('too much waits')
 */
export class Outbox {
  /** Resolves when the items of an earlier page or process have been read. */
  readonly ready: Promise<void>
  #items = new Map<string, OutboxItem>()
  #bytes = 0
  readonly #storage: OutboxStorage | undefined
  #storageFailed = false
  #unwritten: OutboxItem[] = []
  #writes: Promise<void>
  /** What is answered while the storage is read. */
  #answered: Set<string> | null = null
  readonly #options: OutboxOptions

  constructor(options: OutboxOptions) {
    this.#options = options
    this.#storage = options.storage
    this.ready = this.#load()
    this.#writes = this.ready
  }

  /** The number of items that wait. */
  get size(): number {
    return this.#items.size
  }

  /** The oldest item, or `undefined` where none waits. */
  get oldest(): OutboxItem | undefined {
    for (const item of this.#items.values()) return item
    return undefined
  }

  has(id: string): boolean {
    return this.#items.has(id)
  }

  /** The items that wait, oldest first. */
  items(): IterableIterator<OutboxItem> {
    return this.#items.values()
  }

  /** Takes an item; `false` means that the outbox is full and the item was not taken. */
  add(item: OutboxItem): boolean {
    const { maxItems, maxBytes } = this.#options
    if (this.#items.size >= maxItems || this.#bytes + item.bytes > maxBytes) return false
    this.#keep(item)
    if (this.#storage !== undefined && this.#unwritten.push(item) === 1) {
      queueMicrotask(() => this.#write((storage) => this.#putAll(storage)))
    }
    return true
  }

  /** Forgets items: the server has them, or will never have them. Gives back those that waited. */
  remove(ids: string[]): OutboxItem[] {
    const removed: OutboxItem[] = []
    for (const id of ids) {
      this.#answered?.add(id)
      const item = this.#items.get(id)
      if (item === undefined) continue
      this.#bytes -= item.bytes
      this.#items.delete(id)
      removed.push(item)
    }
    // In a microtask of its own, so that the put of an item that was answered within its tick comes first. Also after a
    // failure: a storage that is full gets room again, and the next life does not send all of it once more.
    queueMicrotask(() => this.#write((storage) => storage.remove(ids)))
    return removed
  }

  /** Takes up what others have put into the same storage. Resolves when it is among the items. Never rejects. */
  async adopt(records: AsyncIterable<unknown[]>): Promise<void> {
    await (this.#writes = this.#writes.then(async () => {
      for (const item of await this.#read(records)) this.#keep(item)
    }))
  }

  /** Resolves when everything taken and removed so far is in the storage, or the storage has failed. Never rejects. */
  async settled(): Promise<void> {
    await Promise.resolve()
    await this.#writes
  }

  async #load(): Promise<void> {
    if (this.#storage === undefined) return
    const stored = await this.#read(this.#storage.load())
    const taken = this.#items.values()
    this.#items = new Map()
    this.#bytes = 0
    for (const item of stored) this.#keep(item)
    for (const item of taken) this.#keep(item)
  }

  /** The items among the records, all of them or none: a corrupt storage must not cost what was taken meanwhile. */
  async #read(records: AsyncIterable<unknown[]>): Promise<OutboxItem[]> {
    const answered = (this.#answered = new Set<string>())
    const items: OutboxItem[] = []
    let unreadable = 0
    try {
      for await (const part of records) {
        for (const record of part) {
          if (isOutboxItem(record)) items.push(record)
          else unreadable++
        }
      }
    } catch (cause) {
      this.#fail(cause)
      return []
    } finally {
      this.#answered = null
    }
    if (unreadable > 0) this.#tell(`${unreadable} kept events cannot be read and will not be sent`)
    // What was answered meanwhile may have been read before it was removed.
    const stale = items.filter(({ id }) => answered.has(id))
    if (stale.length > 0) this.remove(stale.map(({ id }) => id))
    return items.filter(({ id }) => !answered.has(id))
  }

  async #putAll(storage: OutboxStorage): Promise<void> {
    // All that has gathered while an earlier write was under way.
    const items = this.#unwritten
    this.#unwritten = []
    // After a failure not even tried: a slow storage that fails each time would only cost.
    if (!this.#storageFailed && items.length > 0) await storage.put(items)
  }

  #keep(item: OutboxItem): void {
    if (this.#items.has(item.id)) return
    this.#items.set(item.id, item)
    this.#bytes += item.bytes
  }

  #write(operation: (storage: OutboxStorage) => Promise<void>): void {
    const storage = this.#storage
    if (storage === undefined) return
    this.#writes = this.#writes.then(async () => {
      try {
        await operation(storage)
      } catch (cause) {
        this.#fail(cause)
      }
    })
  }

  #fail(cause: unknown): void {
    if (this.#storageFailed) return
    this.#storageFailed = true
    this.#tell('The outbox cannot be kept on this device: events wait in memory until they are sent', {
      cause,
    })
  }

  #tell(message: string, options?: ErrorOptions): void {
    callListener('error', () => this.#options.onStorageError(new StorageError(message, options)))
  }
}
