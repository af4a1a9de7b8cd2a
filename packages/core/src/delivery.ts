import { batchLength, isFlushDue, type BatchLimits } from '@arunika/protocol'
import { callListener } from './call-listener'
import type { Clock } from './clock'
import { DeliveryError } from './errors/delivery-error'
import { FlushWaiters } from './flush-waiters'
import type { Outbox } from './outbox'
import type { OutboxItem } from './outbox-item'
import type { Outcome, Refusal } from './outcome'
import { RetryWait, type WaitStore } from './retry-wait'

/** An item that the server will never take, and why. */
export interface Rejection {
  /** What was refused. */
  item: OutboxItem
  /** The protocol's code, or `http_` and the status. */
  code: string
  /** What is wrong with it, for people. */
  detail: string
}

/** What {@link Delivery} is made from. */
export interface DeliveryOptions {
  /** Where the items wait. */
  outbox: Outbox
  /** Sends one request with these items, which are of one group. What it throws or rejects with counts as no answer. */
  send: (items: OutboxItem[], options: { keepalive: boolean }) => Promise<Outcome>
  /** The most that goes into one request. */
  limits: BatchLimits
  /** The bytes of a body around its items. */
  envelopeBytes: number
  /** Items that make a batch leave at once. */
  flushAt: number
  /** Milliseconds after which a batch leaves that is smaller. */
  flushIntervalMs: number
  /** Where time comes from. */
  clock: Clock
  /** A number in [0, 1). */
  random: () => number
  /** Where the wait after a failure is kept beyond this life; nowhere where left out. */
  waitStore?: WaitStore | undefined
  /**
   * Runs one exchange while no other sender over the same storage runs one: resolves when it has ended. The same item sent
   * by two is stored once, so one that cannot tell may run it at once.
   */
  exclusive?: ((exchange: () => Promise<void>) => Promise<void>) | undefined
  /** The server has these items. Each item is told of once, here or by `onRejected`. */
  onDelivered: (items: OutboxItem[]) => void
  /** The server will never take these items. */
  onRejected: (rejections: Rejection[]) => void
  /** A try failed; the items stay, and another try follows. */
  onError: (error: DeliveryError) => void
}

/**
 * The way from the outbox to the server: one request at a time, oldest items first, every one tried until the server has
 * named it. A batch leaves when enough items wait or the oldest has waited long enough; what gathered while a request was
 * under way leaves in the next, up to the limits.
 *
 * @example
 * const delivery = new Delivery({ outbox, send, ...settings }) // in full in the README
 * if (outbox.add(item)) delivery.wake()
 * await delivery.flush()
 */
export class Delivery {
  readonly #options: DeliveryOptions
  readonly #waiters = new FlushWaiters()
  readonly #retry: RetryWait
  /** The interval of the oldest item. */
  #timer: { itemId: string; cancel: () => void } | null = null
  #running = false
  #closed = false
  /** The most items in the next request: halved when the server finds one too large. */
  #maxItems: number
  /** While this item waits a batch is due: its interval has ended, or it is the last of a request that was too large. */
  #dueItem = ''

  constructor(options: DeliveryOptions) {
    const { outbox, limits, clock, random, waitStore } = options
    this.#options = options
    this.#maxItems = limits.maxEvents
    this.#retry = new RetryWait({ clock, random, store: waitStore, onOver: () => this.wake() })
    void outbox.ready.then(() => this.wake())
  }

  /** Looks whether a batch should leave now; called after something was added. */
  wake(): void {
    if (this.#running || this.#closed || this.#retry.isOn) return
    if (this.#isDue()) {
      this.#start()
      return
    }
    const { outbox, clock, flushIntervalMs } = this.#options
    const oldest = outbox.oldest
    if (oldest === undefined || oldest.id === this.#timer?.itemId) return
    this.#stopTimer()
    // The item leaves when this timer ends, whatever the clock says then: it may have been set back in the meantime. Where
    // that happened before, the age is below zero, and the wait is one interval all the same.
    const ageMs = Math.max(0, clock.now() - oldest.takenAt)
    const cancel = clock.after(flushIntervalMs - ageMs, () => {
      this.#setDue(oldest.id)
      this.#start()
    })
    this.#timer = { itemId: oldest.id, cancel }
  }

  /**
   * Sends all that waits now. Resolves when every item taken before the call is answered. Nobody has to wait for it.
   *
   * @throws DeliveryError (the promise rejects) when a try fails, when the server has asked to wait, or when the delivery is
   * closed. The items stay in the outbox.
   */
  flush(): Promise<void> {
    const flushed = this.#flush()
    // A flush that nobody waits for must not end a process, or show up in a page, as an unhandled rejection. Whoever has the
    // promise still gets its reason, and `onError` tells of each try that failed.
    flushed.catch(() => undefined)
    return flushed
  }

  async #flush(): Promise<void> {
    const { outbox } = this.#options
    await outbox.ready
    const ids = new Set(Array.from(outbox.items(), (item) => item.id))
    if (ids.size === 0) return
    if (this.#closed) throw closedError()
    if (this.#retry.isAsked) {
      const seconds = Math.ceil(this.#retry.leftMs / 1000)
      throw new DeliveryError('retry_later', `The server asked to wait for another ${seconds} s`)
    }
    this.#retry.end()
    const answered = this.#waiters.add(ids)
    this.#start()
    await answered
  }

  /**
   * Sends what waits in one last request that may outlive the page, whatever else is under way: an item that travels twice is
   * stored once, and told of once. Does nothing during the wait after a failure, or where not even the first item fits.
   *
   * @param maxBytes - The bytes that the platform takes in such a request.
   */
  flushOnExit(maxBytes: number): void {
    const { outbox, limits } = this.#options
    const oldest = outbox.oldest
    if (oldest === undefined || this.#closed || this.#retry.isOn) return
    const group = Array.from(outbox.items()).filter((item) => item.group === oldest.group)
    const items = this.#fill(group, Math.min(maxBytes, limits.maxBytes))
    // The page may live on: then the rest goes its usual way.
    if (items.length > 0) void this.#exchange(items, { keepalive: true }).then(() => this.wake())
  }

  /**
   * Lets items go that shall wait no more: another sender over the same storage got an answer for them, or they are not to be sent.
   * Gives back those that waited; nothing is told of them.
   */
  forget(ids: string[]): OutboxItem[] {
    const { outbox } = this.#options
    const items = outbox.remove(ids)
    this.#waiters.release((id) => outbox.has(id))
    this.wake()
    return items
  }

  /**
   * Stops timers and tries. Items stay in the outbox; a request that is under way ends, and its answer counts. Flushes that
   * wait then for more are rejected.
   */
  close(): void {
    this.#closed = true
    this.#stopTimer()
    this.#retry.end()
  }

  #isDue(): boolean {
    const { outbox, clock, flushAt, flushIntervalMs } = this.#options
    if (this.#waiters.size > 0 || outbox.has(this.#dueItem)) return true
    const oldestAgeMs = clock.now() - (outbox.oldest?.takenAt ?? 0)
    return isFlushDue({ waiting: outbox.size, oldestAgeMs }, { flushAt, flushIntervalMs })
  }

  #start(): void {
    this.#stopTimer()
    if (!this.#running) void this.#run()
  }

  #stopTimer(): void {
    this.#timer?.cancel()
    this.#timer = null
  }

  async #run(): Promise<void> {
    this.#running = true
    // What is taken in the tick that made a batch due leaves with it.
    await Promise.resolve()
    while (this.#maySend()) await this.#exclusively(() => this.#sendBatch())
    this.#running = false
    this.#waiters.release((id) => this.#options.outbox.has(id))
    if (this.#closed) this.#waiters.reject(closedError())
    else this.wake()
  }

  #maySend(): boolean {
    return !this.#closed && !this.#retry.isOn && this.#options.outbox.size > 0 && this.#isDue()
  }

  async #exclusively(exchange: () => Promise<void>): Promise<void> {
    const { exclusive } = this.#options
    return exclusive === undefined ? exchange() : exclusive(exchange)
  }

  async #sendBatch(): Promise<void> {
    // Another sender may have had its turn meanwhile: with an answer to what was due, or with a failure.
    this.#retry.resume()
    if (this.#maySend()) await this.#exchange(this.#nextBatch(), { keepalive: false })
  }

  #nextBatch(): OutboxItem[] {
    const { outbox, limits } = this.#options
    const group: OutboxItem[] = []
    for (const item of outbox.items()) {
      if (group[0] !== undefined && item.group !== group[0].group) break
      if (group.push(item) === this.#maxItems) break
    }
    const items = this.#fill(group, limits.maxBytes)
    // The first alone where not even it fits, for the server to judge.
    return items.length > 0 ? items : group.slice(0, 1)
  }

  /** As many of the first items as fit. */
  #fill(items: OutboxItem[], maxBytes: number): OutboxItem[] {
    const limits = { maxEvents: this.#maxItems, maxBytes }
    const sizes = items.map((item) => item.bytes)
    return items.slice(0, batchLength(sizes, limits, this.#options.envelopeBytes))
  }

  async #exchange(items: OutboxItem[], options: { keepalive: boolean }): Promise<void> {
    const outcome = await this.#send(items, options)
    if (outcome.verdict === 'retry') {
      this.#failed(outcome.error, outcome.retryAfterMs)
      return
    }
    this.#retry.reset()
    switch (outcome.verdict) {
      case 'answered':
        // Back to the full size step by step, so that a server with a smaller limit is not asked for the full one each time.
        this.#maxItems = Math.min(this.#maxItems * 2, this.#options.limits.maxEvents)
        this.#settle(items, outcome.refusals)
        break
      case 'split':
        if (items.length > 1) this.#halve(items)
        else this.#settle(items, refuseAll(items, outcome))
        break
      case 'refused':
        this.#settle(items, refuseAll(items, outcome))
        break
    }
  }

  async #send(items: OutboxItem[], options: { keepalive: boolean }): Promise<Outcome> {
    try {
      return await this.#options.send(items, options)
    } catch (cause) {
      const error = new DeliveryError('network_failed', 'The request could not be made', { cause })
      return { verdict: 'retry', retryAfterMs: null, error }
    }
  }

  #halve(items: OutboxItem[]): void {
    this.#maxItems = Math.ceil(items.length / 2)
    this.#setDue(items.at(-1)?.id ?? '')
  }

  #setDue(itemId: string): void {
    if (!this.#options.outbox.has(this.#dueItem)) this.#dueItem = itemId
  }

  /** Takes answered items out, tells of them once, and lets go whoever waited for them. */
  #settle(items: OutboxItem[], refusals: Refusal[]): void {
    const { outbox, onDelivered, onRejected } = this.#options
    const refused = new Map(refusals.map((refusal) => [items[refusal.index]?.id, refusal]))
    const delivered: OutboxItem[] = []
    const rejected: Rejection[] = []
    // An item that travelled twice is answered twice; the first answer takes it out and is told.
    for (const item of outbox.remove(items.map(({ id }) => id))) {
      const refusal = refused.get(item.id)
      if (refusal === undefined) delivered.push(item)
      else rejected.push({ item, code: refusal.code, detail: refusal.detail })
    }
    if (delivered.length > 0) callListener('delivered', () => onDelivered(delivered))
    if (rejected.length > 0) callListener('rejected', () => onRejected(rejected))
    this.#waiters.release((id) => outbox.has(id))
  }

  #failed(error: DeliveryError, retryAfterMs: number | null): void {
    if (!this.#closed) this.#retry.begin(retryAfterMs)
    this.#waiters.release((id) => this.#options.outbox.has(id))
    this.#waiters.reject(error)
    callListener('error', () => this.#options.onError(error))
  }
}

function refuseAll(items: OutboxItem[], { code, detail }: { code: string; detail: string }): Refusal[] {
  return items.map((_, index) => ({ index, code, detail }))
}

function closedError(): DeliveryError {
  return new DeliveryError('closed', 'Closed before every event was answered; they stay in the outbox')
}
