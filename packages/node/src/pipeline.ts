import { join } from 'node:path'
import {
  createDelivery,
  createEmitter,
  eventOf,
  createOutbox,
  type Delivery,
  type Outbox,
  type ArunikaError,
  type ClientEvents,
  type DropReason,
  type OutboxItem,
  type Rejection,
} from '@arunika/core'
import { createUuidV7, formatTimestamp, BATCH_LIMITS, ROUTES, type ServerEvent } from '@arunika/protocol'
import { createBackpressure, type Backpressure } from './backpressure'
import { drain } from './drain'
import { createEncodeEvent, type ServerEventInput } from './encode-event'
import { origin } from './origin'
import { createProcessClock } from './process-clock'
import type { ResolvedOptions, ResolvedSpool } from './resolve-options'
import { createSignedSender, ENVELOPE_BYTES, type SignedSender } from './signed-sender'
import { createSpool, type Spool } from './spool/spool'
import type { Stats } from './stats'

/** What a client tells of, and what each listener gets. */
export interface ArunikaEvents extends ClientEvents<ServerEvent> {
  /** A call gave back `false`, and now so little waits that more may come. */
  drain: { waiting: number }
}

/** The way of a server's event: encoded, kept, sent signed, and told of by what became of it. */
export class Pipeline {
  readonly emitter = createEmitter<ArunikaEvents>()
  readonly #clock = createProcessClock()
  readonly #newId = createUuidV7()
  readonly #context = origin()
  readonly #encodeEvent = createEncodeEvent({ group: ROUTES.serverEvents, context: this.#context })
  readonly #spool: Spool | undefined
  readonly #outbox: Outbox
  readonly #sender: SignedSender
  readonly #delivery: Delivery
  readonly #backpressure: Backpressure
  readonly #told = { delivered: 0, rejected: 0, dropped: 0 }
  /** Dropped by the shutdown, and still in the outbox: a request may be under way that has them. */
  #lostAtEnd = 0
  #closed = false
  #stopped = false

  constructor(options: ResolvedOptions) {
    const sender = createSignedSender(options, this.#clock)
    this.#sender = sender
    this.#spool = options.spool && this.#createSpool(options.appId, options.spool)
    this.#outbox = createOutbox({
      storage: this.#spool,
      maxItems: options.maxWaitingEvents,
      maxBytes: options.maxWaitingBytes,
      onStorageError: (error) => this.#fail(error),
    })
    this.#delivery = createDelivery({
      outbox: this.#outbox,
      send: (items) => sender.send(items),
      limits: BATCH_LIMITS,
      maxRequests: options.maxRequests,
      envelopeBytes: ENVELOPE_BYTES,
      flushAt: options.flushAt,
      flushIntervalMs: options.flushIntervalMs,
      clock: this.#clock,
      random: Math.random,
      onAnswered: (delivered, rejections) => this.#answered(delivered, rejections),
      onError: (error) => this.#fail(error),
    })
    this.#backpressure = createBackpressure({
      outbox: this.#outbox,
      maxItems: options.maxWaitingEvents,
      maxBytes: options.maxWaitingBytes,
      onDrain: () => this.emitter.emit('drain', { waiting: this.#outbox.waiting.items }),
    })
  }

  /** Takes an event, or tells why not. Gives back whether the next may come now. */
  take(input: ServerEventInput): boolean {
    const eventId = this.#newId()
    const now = this.#clock.now()
    const encoded = this.#encodeEvent(input, { eventId, now })
    if (!encoded.ok) {
      const event = { eventId, timestamp: formatTimestamp(now), ...input, context: this.#context }
      this.#reject({ event, code: encoded.code, detail: encoded.detail })
      return true
    }
    const item = encoded.value
    if (this.#closed) {
      this.#drop(item, 'closed')
      return true
    }
    if (this.#outbox.add(item)) this.#delivery.wake()
    else this.#drop(item, 'outbox_full')
    return this.#backpressure.mayGoOn()
  }

  stats(): Stats {
    const { oldest, waiting } = this.#outbox
    return {
      waiting: waiting.items - this.#lostAtEnd,
      inFlight: this.#delivery.inFlight,
      ...this.#told,
      oldestWaitingMs:
        oldest && waiting.items > this.#lostAtEnd ? Math.max(0, this.#clock.now() - oldest.takenAt) : null,
    }
  }

  /** Rejects with a `DeliveryError` when a try fails; the events stay. */
  flush(): Promise<void> {
    return this.#delivery.flush()
  }

  /** Takes no more, delivers what waits, stops, and tells of what is left and in no spool. Called once. */
  async shutdown(timeoutMs: number): Promise<void> {
    this.#closed = true
    const deadline = new AbortController()
    // This timer holds the process, since the delivery's own do not.
    const timer = setTimeout(() => deadline.abort(), timeoutMs)
    await this.#outbox.ready
    await drain({
      outbox: this.#outbox,
      delivery: this.#delivery,
      clock: this.#clock,
      random: Math.random,
      deadline: deadline.signal,
    })
    clearTimeout(timer)
    await this.#outbox.settled()
    // At once from here on: an answer is told before, or its event is told of or kept as one without.
    this.#stopped = true
    this.#delivery.close()
    this.#sender.stop()
    const lost = Array.from(this.#outbox.items()).filter((item) => !this.#spool?.keeps(item))
    this.#lostAtEnd = lost.length
    for (const item of lost) this.#drop(item, 'shutdown')
    this.#spool?.close()
    this.#backpressure.release()
  }

  #createSpool(appId: string, { folder, fsync }: ResolvedSpool): Spool {
    return createSpool({
      // What one app's client finds there it sends with its key.
      folder: join(folder, appId),
      fsync,
      onError: (error) => this.#fail(error),
      onTakenOver: () => void this.#outbox.reload().then(() => this.#delivery.wake()),
      onLost: () => this.#outbox.rewrite(),
    })
  }

  #answered(delivered: OutboxItem[], rejections: Rejection[]): void {
    if (this.#stopped) return
    this.#told.delivered += delivered.length
    // To parse what nobody hears of would be a good part of all that an event costs.
    if (delivered.length > 0 && this.emitter.hears('delivered')) {
      this.emitter.emit('delivered', { events: delivered.map((item) => eventOf(item)) })
    }
    for (const { item, code, detail } of rejections) {
      this.#reject({ event: eventOf<ServerEvent>(item), code, detail })
    }
    this.#backpressure.relax()
  }

  #reject(rejected: ArunikaEvents['rejected']): void {
    this.#told.rejected++
    this.emitter.emit('rejected', rejected)
  }

  /** Tells of a failure; not after the shutdown, by which every event has been told of. */
  #fail(error: ArunikaError): void {
    if (!this.#stopped) this.emitter.emit('error', error)
  }

  #drop(item: OutboxItem, reason: DropReason): void {
    this.#told.dropped++
    this.emitter.emit('dropped', { event: eventOf<ServerEvent>(item), reason })
  }
}
