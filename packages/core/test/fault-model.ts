import { batchOutcome } from '../src/batch-body'
import { createDelivery, type Delivery } from '../src/delivery'
import type { Reply } from '../src/reply'
import { createOutbox, type Outbox } from '../src/outbox'
import type { OutboxItem, OutboxStorage } from '../src/outbox-item'
import type { SavedWait } from '../src/retry-wait'
import type { Outcome } from '../src/outcome'
import type { Clock } from '../src/clock'
import { FakeClock } from './fake-clock'
import { itemOf } from './item'
import { backlogOf } from './memory-storage'

/** What becomes of one request. */
export type Mood =
  | 'works'
  | 'request lost'
  | 'answer lost'
  | 'arrives twice'
  | 'slow'
  | 'send throws'
  | 'captive portal'
  | 'half an answer'
  | '503'
  | '429'

/** What a test runs over. */
export interface WorldOptions {
  /** What becomes of the first requests; those after them work. */
  moods: Mood[]
  /** Which of the first operations of the storage fail; those after them work. */
  storageFaults: boolean[]
  /** The most events that the server takes in one request. */
  serverLimit: number
}

/** One life of a page or a process; several may share the disk at the same time, as tabs do. */
export interface Life {
  outbox: Outbox
  delivery: Delivery
  isAlive: boolean
  /** Hears what another did with the items that they share. */
  hear: (message: { put?: string[]; answered?: string[] }) => void
  /** Ids that were taken in it. */
  taken: string[]
  /** How often each id was told of as delivered or rejected. */
  told: Map<string, number>
}

/** One way to the server or back, half of an operation of the storage, and the way from one life to another. */
const NETWORK_MS = 40
const STORAGE_MS = 3
const CHANNEL_MS = 1

/** A server that keeps each id once, a network with moods, and a disk that outlives those who write to it. */
export class World {
  readonly clock = new FakeClock()
  readonly disk = new Map<string, OutboxItem>()
  /** Ids whose `put` has completed, in any life. */
  readonly durable = new Set<string>()
  readonly stored = new Map<string, string>()
  requests = 0
  /** Requests that did not work, as a mood wanted it. */
  faults = 0
  #count = 0
  readonly #moods: Mood[]
  readonly #storageFaults: boolean[]
  readonly #serverLimit: number
  #lives: Life[] = []
  /** Whose turn it is to send, and who waits for theirs. */
  #turns: { life: Life; begin: () => void }[] = []
  #savedWait: SavedWait | null = null
  /** The lives that send, but for requests that outlive a page, and the most that ever did at once. */
  readonly #senders = new Set<Life>()
  mostSenders = 0

  constructor({ moods, storageFaults, serverLimit }: WorldOptions) {
    this.#moods = [...moods]
    this.#storageFaults = [...storageFaults]
    this.#serverLimit = serverLimit
  }

  /** Ends all lives, and begins one over the same disk. */
  begin(): Life {
    for (const life of this.#lives) this.kill(life)
    return this.beginBeside()
  }

  /** Ends a life, with its timers and what it has under way. Its turn to send passes on. */
  kill(life: Life): void {
    life.isAlive = false
    this.#senders.delete(life)
    this.#lives = this.#lives.filter((other) => other !== life)
    const [first] = this.#turns
    this.#turns = this.#turns.filter((turn) => turn.life !== life)
    if (first?.life === life) this.#turns[0]?.begin()
  }

  /** Begins a life beside those that there are, which share the disk, take turns in sending, and hear of each other. */
  beginBeside(): Life {
    const clock: Clock = {
      now: () => this.clock.now(),
      after: (ms, callback) =>
        this.clock.after(ms, () => {
          if (life.isAlive) callback()
        }),
    }
    /** Lets time pass; what was under way when a life ended never comes back to it. */
    const takesMs = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve))
    const tellOthers = (message: Parameters<Life['hear']>[0]) => {
      for (const other of this.#lives) {
        if (other !== life) this.clock.after(CHANNEL_MS, () => other.isAlive && other.hear(message))
      }
    }
    const { disk } = this
    const works = () => this.#storageWorks()
    const storage: OutboxStorage = {
      load: async () => {
        await takesMs(STORAGE_MS)
        works()
        const ids = backlogOf([...disk.keys()])
        /** What is gone was answered meanwhile; only the end is empty. */
        const next = async (): Promise<unknown[]> => {
          const part = (await ids.next()) as string[]
          await takesMs(STORAGE_MS)
          works()
          const found = part.flatMap((id) => disk.get(id) ?? [])
          return found.length > 0 || part.length === 0 ? found : next()
        }
        return { items: disk.size, bytes: 0, next }
      },
      put: async (items) => {
        await takesMs(STORAGE_MS)
        works()
        for (const item of items) disk.set(item.id, item)
        for (const { id } of items) this.durable.add(id)
        tellOthers({ put: items.map(({ id }) => id).filter((id) => outbox.has(id)) })
        await takesMs(STORAGE_MS)
      },
      remove: async (items) => {
        await takesMs(STORAGE_MS)
        works()
        for (const { id } of items) disk.delete(id)
        await takesMs(STORAGE_MS)
      },
      clear() {
        disk.clear()
        return Promise.resolve()
      },
    }
    const read = async (ids: string[]) => {
      await takesMs(STORAGE_MS)
      return ids.flatMap((id) => disk.get(id) ?? [])
    }
    const told = new Map<string, number>()
    const tell = (items: OutboxItem[]) => {
      for (const { id } of items) told.set(id, (told.get(id) ?? 0) + 1)
    }
    const outbox = createOutbox({
      storage,
      maxItems: 1_000,
      maxBytes: 10 ** 6,
      onStorageError: () => undefined,
    })
    const delivery = createDelivery({
      outbox,
      send: async (items, { keepalive }) => {
        const outcome = await this.#send(items, life, keepalive)
        await takesMs(NETWORK_MS)
        return outcome
      },
      limits: { maxEvents: 50, maxBytes: 10_000 },
      envelopeBytes: 100,
      flushAt: 10,
      flushIntervalMs: 5_000,
      clock,
      random: () => 0.5,
      waitStore: {
        load: () => this.#savedWait,
        save: (wait) => void (this.#savedWait = wait),
      },
      exclusive: (exchange) => this.#inTurn(life, exchange),
      onAnswered(delivered, rejected) {
        const answered = [...delivered, ...rejected.map(({ item }) => item)]
        tellOthers({ answered: answered.map(({ id }) => id) })
        tell(answered)
      },
      onError: () => undefined,
    })
    const life: Life = {
      outbox,
      delivery,
      isAlive: true,
      hear({ put = [], answered = [] }) {
        void outbox.adopt(() => read(put)).then(delivery.wake)
        tell(delivery.forget(answered).filter(({ id }) => life.taken.includes(id)))
      },
      taken: [],
      told,
    }
    this.#lives.push(life)
    return life
  }

  /** Every fifth event is one that the server refuses. */
  take(life: Life): void {
    const id = `${++this.#count % 5 === 0 ? 'poison' : 'event'}-${this.#count}`
    if (life.outbox.add(itemOf(id, { takenAt: this.clock.now() }))) life.taken.push(id)
    life.delivery.wake()
  }

  /** From now on all works. */
  heal(): void {
    this.#moods.length = 0
    this.#storageFaults.length = 0
  }

  /** Runs an exchange when those who asked before have had their turn, or have died. */
  async #inTurn(life: Life, exchange: () => Promise<void>): Promise<void> {
    await new Promise<void>((begin) => {
      if (!life.isAlive) return // and what it was about to do never happens
      this.#turns.push({ life, begin })
      if (this.#turns.length === 1) begin()
    })
    if (life.isAlive) await exchange()
    if (!life.isAlive) return
    this.#turns.shift()
    this.#turns[0]?.begin()
  }

  async #send(items: OutboxItem[], life: Life, keepalive: boolean): Promise<Outcome> {
    this.requests++
    if (keepalive) return this.#travel(items)
    this.#senders.add(life)
    this.mostSenders = Math.max(this.mostSenders, this.#senders.size)
    try {
      return await this.#travel(items)
    } finally {
      this.#senders.delete(life)
    }
  }

  async #travel(items: OutboxItem[]): Promise<Outcome> {
    const mood = this.#moods.shift() ?? 'works'
    if (mood !== 'works') this.faults++
    if (mood === 'send throws') throw new Error('no request could be made')
    // A request that has left arrives, also where its sender is dead by then.
    await new Promise<void>((resolve) => void this.clock.after(mood === 'slow' ? 7_000 : NETWORK_MS, resolve))
    return batchOutcome(this.#reply(mood, items), items)
  }

  #reply(mood: Mood, items: OutboxItem[]): Reply {
    switch (mood) {
      case 'request lost':
        return { status: null, cause: mood }
      case 'captive portal':
        return { status: 200, body: undefined, isHtml: false, retryAfterMs: null }
      case '503':
        return { status: 503, body: { code: 'unavailable' }, isHtml: false, retryAfterMs: null }
      case '429':
        return { status: 429, body: { code: 'rate_limited' }, isHtml: false, retryAfterMs: 20_000 }
    }
    const answer = this.#ingest(items)
    if (mood === 'answer lost') return { status: null, cause: mood }
    if (mood === 'half an answer')
      return { status: 200, body: { accepted: 1 }, isHtml: false, retryAfterMs: null }
    return mood === 'arrives twice' ? this.#ingest(items) : answer
  }

  #ingest(items: OutboxItem[]): Reply {
    if (items.length > this.#serverLimit) return { status: 413, body: {}, isHtml: false, retryAfterMs: null }
    const rejected = []
    let accepted = 0
    for (const [index, { id, json }] of items.entries()) {
      if (id.startsWith('poison'))
        rejected.push({ index, eventId: id, code: 'invalid_event_type', detail: '' })
      else if (!this.stored.has(id)) accepted++
      if (this.stored.has(id) && this.stored.get(id) !== json)
        throw new Error(`${id} changed between two tries`)
      if (!id.startsWith('poison')) this.stored.set(id, json)
    }
    const duplicates = items.length - accepted - rejected.length
    return { status: 200, body: { accepted, duplicates, rejected }, isHtml: false, retryAfterMs: null }
  }

  #storageWorks(): void {
    if (this.#storageFaults.shift() === true) throw new Error('the storage fails')
  }
}
