import type { Backlog, OutboxItem, OutboxStorage } from '../src/outbox-item'

type Operation = 'load' | 'put' | 'remove' | 'clear'

/** What a storage holds, read in parts of this many. */
export function backlogOf(records: unknown[], atOnce = 7): Backlog {
  const rest = [...records]
  return {
    get items() {
      return rest.length
    },
    get bytes() {
      return rest.reduce<number>((sum, record) => sum + (record as OutboxItem).bytes, 0)
    },
    next: () => Promise.resolve(rest.splice(0, atOnce)),
  }
}

/** A storage that outlives its outbox, as a disk does, and says in which order it was used. */
export class MemoryStorage implements OutboxStorage {
  readonly kept = new Map<string, OutboxItem>()
  readonly calls: string[] = []
  /** Called before each operation; what it throws or rejects with is the operation's failure. */
  onCall: (name: Operation) => void | Promise<void> = () => undefined

  constructor(items: OutboxItem[] = []) {
    for (const item of items) this.kept.set(item.id, item)
  }

  async load(): Promise<Backlog> {
    await this.#call('load', [])
    return backlogOf([...this.kept.values()])
  }

  async put(items: OutboxItem[]): Promise<void> {
    await this.#call(
      'put',
      items.map(({ id }) => id),
    )
    for (const item of items) this.kept.set(item.id, item)
  }

  async remove(items: OutboxItem[]): Promise<void> {
    const ids = items.map(({ id }) => id)
    await this.#call('remove', ids)
    for (const id of ids) this.kept.delete(id)
  }

  async clear(): Promise<void> {
    await this.#call('clear', [])
    this.kept.clear()
  }

  async #call(name: Operation, ids: string[]): Promise<void> {
    this.calls.push([name, ...ids].join(' '))
    await this.onCall(name)
  }
}
