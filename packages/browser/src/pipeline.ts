import {
  Delivery,
  Outbox,
  systemClock,
  type ArunikaError,
  type Emitter,
  type OutboxItem,
} from '@arunika/core'
import { LIMITS } from '@arunika/protocol'
import type { ArunikaEvents } from './arunika'
import { createIndexedDbStorage } from './indexed-db-storage'
import { createItem, eventOf, eventOfItem, type Route, type Sendable } from './page-item'
import { watchPage } from './page-lifecycle'
import type { ResolvedOptions } from './resolve-options'
import { createSender, ENVELOPE_BYTES } from './sender'

/** Browsers take 64 KiB in all keepalive requests of a page together; this leaves some to the app's own. */
const MAX_EXIT_BYTES = 61_440

/** What {@link createPipeline} is made from. */
export interface PipelineOptions {
  options: ResolvedOptions
  emitter: Emitter<ArunikaEvents>
  tellError: (error: ArunikaError) => void
  onProfile: Parameters<typeof createSender>[1]
}

/** The way out of the page: kept, sent, and told of by what became of it. */
export interface Pipeline {
  /** Takes what is to be sent; `false` where it was not taken, of which the listeners are told. */
  take(route: Route, sessionId: string, content: Sendable): boolean
  flush(): Promise<void>
  /** Takes no more, stops, and resolves when what was taken is kept. */
  close(): Promise<void>
}

/** Makes the pipeline of a page. */
export function createPipeline({ options, emitter, tellError, onProfile }: PipelineOptions): Pipeline {
  const outbox = new Outbox({
    storage: createIndexedDbStorage(options.appId),
    maxItems: options.maxWaitingEvents,
    maxBytes: options.maxWaitingBytes,
    onStorageError: tellError,
  })
  const delivery = new Delivery({
    outbox,
    send: createSender(options, onProfile),
    limits: { maxEvents: LIMITS.maxBatchEvents, maxBytes: LIMITS.maxBodyBytes },
    envelopeBytes: ENVELOPE_BYTES,
    flushAt: options.flushAt,
    flushIntervalMs: options.flushIntervalMs,
    clock: systemClock,
    random: Math.random,
    onDelivered: (items) => emitter.emit('delivered', { events: items.map(eventOfItem) }),
    onRejected(rejections) {
      for (const { item, code, detail } of rejections) {
        emitter.emit('rejected', { event: eventOfItem(item), code, detail })
      }
    },
    onError: (error) => emitter.emit('error', error),
  })
  let isClosed = false
  /** Whether anything was taken since the page was last hidden or left: one leave is often told of twice. */
  let isExitDue = true
  const unwatch = watchPage({
    onHide() {
      if (isExitDue) delivery.flushOnExit(MAX_EXIT_BYTES)
      isExitDue = false
    },
    onOnline: () => void delivery.flush(),
  })

  return {
    flush: () => delivery.flush(),
    take(route, sessionId, content) {
      let item: OutboxItem
      try {
        item = createItem(route, sessionId, content, Date.now())
      } catch (cause) {
        const code = route === 'profile' ? 'invalid_profile' : 'invalid_event_data'
        const detail = `It cannot be written as JSON: ${String(cause)}`
        emitter.emit('rejected', { event: eventOf(route, content), code, detail })
        return false
      }
      if (isClosed || !outbox.add(item)) {
        emitter.emit('dropped', { event: eventOfItem(item), reason: isClosed ? 'closed' : 'outbox_full' })
        return false
      }
      isExitDue = true
      delivery.wake()
      return true
    },
    async close() {
      isClosed = true
      unwatch()
      delivery.close()
      await outbox.settled()
    },
  }
}
