import type { OutboxItem, OutboxStorage } from '../src/outbox-item'

/** A storage that outlives its outbox, as a disk does, and says in which order it was used. */
export class MemoryStorage implements OutboxStorage {
  readonly kept = new Map<string, OutboxItem>()
  readonly calls: string[] = []
  /** Called before each operation; what it throws or rejects with is the operation's failure. */
  onCall: (name: 'load' | 'put' | 'remove') => void | Promise<void> = () => undefined

  constructor(items: OutboxItem[] = []) {
    for (const item of items) this.kept.set(item.id, item)
  }

  async *load(): AsyncGenerator<OutboxItem[]> {
    await this.#call('load', [])
    yield [...this.kept.values()]
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

  async #call(name: 'load' | 'put' | 'remove', ids: string[]): Promise<void> {
    this.calls.push([name, ...ids].join(' '))
    await this.onCall(name)
  }
}
