import {
  createDelivery,
  createOutbox,
  systemClock,
  type ArunikaError,
  type Emitter,
  type OutboxItem,
  type Rejection,
  type WaitStore,
} from '@arunika/core'
import { BATCH_LIMITS, type ProfileAnswer } from '@arunika/protocol'
import type { ArunikaEvents, DropReason } from './arunika'
import { createIndexedDbStorage, firstIdOf } from './indexed-db-storage'
import { createItem, eventOf, eventOfItem, type Route, type Sendable } from './page-item'
import { watchPage } from './page-lifecycle'
import type { ResolvedOptions } from './resolve-options'
import { createSender, ENVELOPE_BYTES } from './sender'
import { createTabs, type TabMessage } from './tabs'

/** Browsers take 64 KiB in all keepalive requests of a page together; this leaves some to the app's own. */
const MAX_EXIT_BYTES = 61_440

/** To write out a request of a thousand events takes a page some milliseconds, which a server that is away is not worth. */
const PROBE_ITEMS = 100

/** What {@link createPipeline} is made from. */
export interface PipelineOptions {
  options: ResolvedOptions
  emitter: Emitter<ArunikaEvents>
  waitStore: WaitStore
  /** The page's clock, by which its events are stamped. */
  now: () => number
  /** Whether the person has opted out, in this tab or another: then nothing leaves. */
  isOut: () => boolean
  tellError: (error: ArunikaError) => void
  /** Told of the person whom the server found for an identity, by the identity's event id. */
  onProfile: (eventId: string, answer: ProfileAnswer) => void
}

/** The way out of the page: kept, sent, and told of by what became of it. */
export interface Pipeline {
  /** Takes what is to be sent; `false` where it was not taken, of which the listeners are told. */
  take(route: Route, sessionId: string, content: Sendable): boolean
  flush(): Promise<void>
  /** Lets go of all that waits, in all tabs. */
  clear(): void
  /** Takes no more, stops, and resolves when what was taken is kept. */
  close(): Promise<void>
}

/** Makes the pipeline of a page. */
export function createPipeline({
  options,
  emitter,
  waitStore,
  now,
  isOut,
  tellError,
  onProfile,
}: PipelineOptions): Pipeline {
  const { appId, flushAt, flushIntervalMs } = options
  const storage = createIndexedDbStorage(
    appId,
    // Where the first item is answered already, so are the others, or soon.
    (keys) => tabs.tell({ put: keys.filter((key) => outbox.has(firstIdOf(key))) }),
    () => outbox.rewrite(),
  )
  const outbox = createOutbox({
    storage,
    maxItems: options.maxWaitingEvents,
    maxBytes: options.maxWaitingBytes,
    onStorageError: tellError,
  })
  // An exchange that has its turn ends in time, unless the browser has put its page to sleep.
  const tabs = createTabs(`arunika-sender-1-${appId}`, 2 * options.requestTimeoutMs, hear)
  const delivery = createDelivery({
    outbox,
    send: createSender(options, now, (...profile) => {
      onProfile(...profile)
      tabs.tell({ profile })
    }),
    limits: BATCH_LIMITS,
    probeItems: PROBE_ITEMS,
    envelopeBytes: ENVELOPE_BYTES,
    flushAt,
    flushIntervalMs,
    clock: systemClock,
    random: Math.random,
    waitStore,
    // Asked here too, since a message may not have come: a page in the back/forward cache hears none.
    exclusive: (exchange) => tabs.exclusive(async () => (isOut() ? letGo() : exchange())),
    onAnswered(delivered, rejected) {
      tabs.tell({ delivered: idsOf(delivered), rejected })
      tellDelivered(delivered)
      rejected.forEach(tellRejected)
    },
    onError: (error) => emitter.emit('error', error),
  })
  /** What this page took, of which it tells also where another sends it. */
  const taken = new WeakSet<OutboxItem>()
  let isClosed = false
  /** Whether anything was taken since the page was last hidden or left: one leave is often told of twice. */
  let isExitDue = true

  function tellDelivered(items: OutboxItem[]): void {
    if (items.length > 0 && emitter.hears('delivered')) {
      emitter.emit('delivered', { events: items.map(eventOfItem) })
    }
  }

  function tellRejected({ item, code, detail }: Rejection): void {
    emitter.emit('rejected', { event: eventOfItem(item), code, detail })
  }

  function tellDropped(items: OutboxItem[], reason: DropReason): void {
    for (const item of items) emitter.emit('dropped', { event: eventOfItem(item), reason })
  }

  /** Hears of what another tab did with the outbox that they share. */
  function hear({ put = [], profile, delivered = [], rejected = [], hasOptedOut }: TabMessage): void {
    if (put.length > 0) void outbox.adopt(() => storage.read(put)).then(delivery.wake)
    if (profile) onProfile(...profile)
    const mine = (ids: string[]) => delivery.forget(ids).filter((item) => taken.has(item))
    tellDelivered(mine(delivered))
    for (const rejection of rejected) {
      if (mine([rejection.item.id]).length > 0) tellRejected(rejection)
    }
    // The tab that tells it empties the storage, which may hold newer events by the time that this is heard.
    if (hasOptedOut) tellDropped(mine(idsOf([...outbox.items()])), 'opted_out')
  }

  /** What was taken before this is not sent; what is taken from now on is. */
  function letGo(): void {
    tellDropped(delivery.clear(), 'opted_out')
  }

  const unwatch = watchPage({
    onHide() {
      if (isExitDue && !isOut()) delivery.flushOnExit(MAX_EXIT_BYTES)
      isExitDue = false
    },
    onLeave: tabs.leave,
    onReturn() {
      tabs.join()
      if (isOut()) letGo()
      else void outbox.reload().then(delivery.wake)
    },
    onOnline: () => void delivery.flush(),
  })
  tabs.join()

  return {
    flush: delivery.flush,
    take(route, sessionId, content) {
      let item: OutboxItem
      try {
        item = createItem(route, sessionId, content, Date.now())
      } catch (cause) {
        const code = route === 'profile' ? 'invalid_profile' : 'invalid_event_data'
        const reason = cause instanceof Error ? cause.message : 'a value in it threw'
        const detail = `It cannot be written as JSON: ${reason}`
        emitter.emit('rejected', { event: eventOf(route, content), code, detail })
        return false
      }
      if (isClosed || !outbox.add(item)) {
        tellDropped([item], isClosed ? 'closed' : 'outbox_full')
        return false
      }
      taken.add(item)
      isExitDue = true
      delivery.wake()
      return true
    },
    clear() {
      tabs.tell({ hasOptedOut: true })
      letGo()
    },
    async close() {
      isClosed = true
      unwatch()
      delivery.close()
      await outbox.settled()
      tabs.close()
    },
  }
}

function idsOf(items: OutboxItem[]): string[] {
  return items.map(({ id }) => id)
}
