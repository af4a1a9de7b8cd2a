import { isFlushDue, type BatchLimits } from '@arunika/protocol'
import { callListener } from './call-listener'
import type { Clock } from './clock'
import { DeliveryError } from './errors/delivery-error'
import { createFlushWaiters } from './flush-waiters'
import { firstThatFit, nextBatch } from './next-batch'
import type { Outbox } from './outbox'
import type { OutboxItem } from './outbox-item'
import type { Outcome, Refusal } from './outcome'
import { createRetryWait, type WaitStore } from './retry-wait'

/** An item that the server will never take, and why. */
export interface Rejection {
  /** What was refused. */
  item: OutboxItem
  /** The protocol's code, or `http_` and the status. */
  code: string
  /** What is wrong with it, for people. */
  detail: string
}

/** What {@link createDelivery} is made from. */
export interface DeliveryOptions {
  /** Where the items wait. */
  outbox: Outbox
  /** Sends one request with these items, which are of one group. What it throws or rejects with counts as no answer. */
  send: (items: OutboxItem[], options: { keepalive: boolean }) => Promise<Outcome>
  /** The most that goes into one request. */
  limits: BatchLimits
  /**
   * The most items in the first request, and in the one after a failure; each answer doubles it. To find out whether the server is
   * well need not cost much.
   * @defaultValue `limits.maxEvents`
   */
  probeItems?: number | undefined
  /**
   * The requests that may be under way at once. A further one leaves only while the last try was answered, and with a full batch: what
   * is less gathers meanwhile.
   * @defaultValue 1
   */
  maxRequests?: number | undefined
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
  /** The server has named these items: it has those, and will never take these. Each item is told of once. */
  onAnswered: (delivered: OutboxItem[], rejected: Rejection[]) => void
  /** A try failed; the items stay, and another try follows. */
  onError: (error: DeliveryError) => void
}

/**
 * The way from the outbox to the server: oldest items first, every one tried until the server has named it. A batch leaves when
 * enough items wait or the oldest has waited long enough; what gathered while a request was under way leaves in the next, up to
 * the limits.
 */
export interface Delivery {
  /** The items of the requests that are under way. */
  readonly inFlight: number
  /** Looks whether a batch should leave now; called after something was added. */
  wake: () => void
  /**
   * Sends all that waits now. Resolves when every item taken before the call is answered. Nobody has to wait for it.
   *
   * @throws DeliveryError (the promise rejects) when a try fails, when the server has asked to wait, or when the delivery is
   * closed. The items stay in the outbox.
   */
  flush: () => Promise<void>
  /**
   * Sends what waits in one last request that may outlive the page, whatever else is under way: an item that travels twice is
   * stored once, and told of once. Does nothing during the wait after a failure, or where not even the first item fits.
   *
   * @param maxBytes - The bytes that the platform takes in such a request.
   */
  flushOnExit: (maxBytes: number) => void
  /**
   * Lets items go that shall wait no more: another sender over the same storage got an answer for them, or they are not to be
   * sent. Gives back those that waited; nothing is told of them.
   */
  forget: (ids: string[]) => OutboxItem[]
  /** The same for all that waits, also what has not been read of the storage. */
  clear: () => OutboxItem[]
  /**
   * Stops timers and tries. Items stay in the outbox; a request that is under way ends, and its answer counts. Flushes that
   * wait then for more are rejected.
   */
  close: () => void
}

/**
 * Makes the delivery of an outbox; it begins at once.
 *
 * @example
 * const delivery = createDelivery({ outbox, send, ...settings }) // in full in the README
 * if (outbox.add(item)) delivery.wake()
 * await delivery.flush()
 */
export function createDelivery(options: DeliveryOptions): Delivery {
  const {
    outbox,
    limits,
    envelopeBytes,
    clock,
    flushIntervalMs,
    probeItems = limits.maxEvents,
    maxRequests = 1,
    exclusive = (exchange: () => Promise<void>) => exchange(),
  } = options
  const waiters = createFlushWaiters(outbox)
  const retry = createRetryWait({ ...options, onOver: wake })
  /** The interval of the oldest item. */
  let timer: { itemId: string; cancel: () => void } | null = null
  /** Loops that send, each one request after the other, and the items that are with them. */
  let senders = 0
  const inFlight = new Set<OutboxItem>()
  /** Whether the server answered the last try. */
  let isWell = false
  let isClosed = false
  /** The most items in the next request: also halved when the server finds one too large. */
  let maxItems = probeItems
  /** A flush that has not ended, while nothing is taken that it would not wait for. */
  let lastFlush: Promise<void> | null = null
  /** While this item waits a batch is due: its interval has ended, or it is the last of a request that was too large. */
  let dueItem = ''

  function wake(): void {
    lastFlush = null
    if (isClosed || retry.isOn()) return
    if (senders > 0 || isDue()) {
      start()
      return
    }
    const { oldest } = outbox
    if (oldest === undefined || oldest.id === timer?.itemId) return
    stopTimer()
    // The item leaves when this timer ends, whatever the clock says then: it may have been set back in the meantime. Where
    // that happened before, the age is below zero, and the wait is one interval all the same.
    const ageMs = Math.max(0, clock.now() - oldest.takenAt)
    const cancel = clock.after(flushIntervalMs - ageMs, () => {
      setDue(oldest.id)
      start()
    })
    timer = { itemId: oldest.id, cancel }
  }

  async function flush(): Promise<void> {
    await outbox.ready
    for (let hadBacklog = true; hadBacklog;) {
      await outbox.refill()
      hadBacklog = outbox.hasBacklog
      await flushRead()
    }
  }

  /** Sends what has been read of the storage, and what was taken since. */
  async function flushRead(): Promise<void> {
    const ids = new Set(Array.from(outbox.items(), (item) => item.id))
    if (ids.size === 0) return
    if (isClosed) throw closedError()
    retry.resume()
    if (retry.isAsked()) throw laterError()
    retry.end()
    const answered = waiters.add(ids)
    start()
    await answered
  }

  function laterError(): DeliveryError {
    const seconds = Math.ceil(retry.leftMs() / 1000)
    const why = retry.isAsked() ? 'The server asked to wait' : 'A try failed, and the next is not due'
    return new DeliveryError('retry_later', `${why} for another ${seconds} s`)
  }

  function isDue(): boolean {
    if (waiters.size > 0 || outbox.has(dueItem)) return true
    const state = {
      waiting: outbox.size,
      // Asked for only where few wait: it costs something to find where many have left.
      get oldestAgeMs() {
        return clock.now() - (outbox.oldest?.takenAt ?? 0)
      },
    }
    return isFlushDue(state, options)
  }

  function setDue(itemId: string): void {
    if (!outbox.has(dueItem)) dueItem = itemId
  }

  function start(): void {
    stopTimer()
    if (senders === 0 || maySend(senders)) void run()
  }

  function stopTimer(): void {
    timer?.cancel()
    timer = null
  }

  async function run(): Promise<void> {
    senders++
    // What is taken in the tick that made a batch due leaves with it.
    await Promise.resolve()
    try {
      while (maySend(senders - 1)) {
        await exclusive(sendBatch)
        // Where more is taken than one request holds, little is never left in memory, and what others left has its turn too.
        await outbox.refill(isWell)
        if (maySend(senders)) void run()
      }
    } finally {
      senders--
    }
    waiters.release()
    if (isClosed) rejectWhereAtRest()
    // Another sender has begun a wait while these had theirs.
    else if (retry.isOn()) waiters.reject(laterError())
    else wake()
  }

  function maySend(others: number): boolean {
    if (isClosed || retry.isOn()) return false
    const waiting = outbox.size - inFlight.size
    if (others > 0) return isWell && others < maxRequests && waiting >= maxItems
    return waiting > 0 && isDue()
  }

  async function sendBatch(): Promise<void> {
    // Another sender may have had its turn meanwhile: with an answer to what was due, or with a failure.
    retry.resume()
    if (!maySend(senders - 1)) return
    const items = nextBatch(notInFlight(), maxItems, limits.maxBytes, envelopeBytes)
    for (const item of items) inFlight.add(item)
    await exchange(items, false)
    for (const item of items) inFlight.delete(item)
  }

  function* notInFlight(): Generator<OutboxItem> {
    for (const item of outbox.items()) if (!inFlight.has(item)) yield item
  }

  async function exchange(items: OutboxItem[], keepalive: boolean): Promise<void> {
    const outcome = await send(items, keepalive)
    isWell = outcome.verdict !== 'retry'
    if (outcome.verdict === 'retry') {
      if (!isClosed) retry.begin(outcome.retryAfterMs)
      maxItems = Math.min(maxItems, probeItems)
      waiters.release()
      waiters.reject(outcome.error)
      callListener('error', () => options.onError(outcome.error))
      return
    }
    retry.reset()
    if (outcome.verdict === 'answered') {
      // Back to the full size step by step, so that a server with a smaller limit is not asked for the full one each time.
      maxItems = Math.min(maxItems * 2, limits.maxEvents)
      settle(items, outcome.refusals)
    } else if (outcome.verdict === 'split' && items.length > 1) {
      maxItems = Math.ceil(items.length / 2)
      setDue(items.at(-1)?.id ?? '')
    } else {
      settle(
        items,
        items.map((_, index) => ({ ...outcome, index })),
      )
    }
  }

  async function send(items: OutboxItem[], keepalive: boolean): Promise<Outcome> {
    try {
      return await options.send(items, { keepalive })
    } catch (cause) {
      const error = new DeliveryError('network_failed', 'The request could not be made', { cause })
      return { verdict: 'retry', retryAfterMs: null, error }
    }
  }

  /** Takes answered items out, tells of them once, and lets go whoever waited for them. */
  function settle(items: OutboxItem[], refusals: Refusal[]): void {
    const refused = new Map(refusals.map((refusal) => [items[refusal.index]?.id, refusal]))
    const delivered: OutboxItem[] = []
    const rejected: Rejection[] = []
    // An item that travelled twice is answered twice; the first answer takes it out and is told.
    for (const item of outbox.remove(items.map(({ id }) => id))) {
      const refusal = refused.get(item.id)
      if (refusal === undefined) delivered.push(item)
      else rejected.push({ item, code: refusal.code, detail: refusal.detail })
    }
    callListener('delivered', () => options.onAnswered(delivered, rejected))
    waiters.release()
  }

  function rejectWhereAtRest(): void {
    if (senders === 0) waiters.reject(closedError())
  }

  void outbox.ready.then(wake)
  return {
    get inFlight() {
      return inFlight.size
    },
    wake,
    flush() {
      const flushed = (lastFlush ??= flush().finally(() => (lastFlush = null)))
      // A flush that nobody waits for must not end a process, or show up in a page, as an unhandled rejection. Whoever has
      // the promise still gets its reason, and `onError` tells of each try that failed.
      flushed.catch(() => undefined)
      return flushed
    },
    flushOnExit(maxBytes) {
      const { oldest } = outbox
      if (oldest === undefined || isClosed || retry.isOn()) return
      const group = Array.from(outbox.items()).filter((item) => item.group === oldest.group)
      const items = firstThatFit(group, maxItems, Math.min(maxBytes, limits.maxBytes), envelopeBytes)
      // The page may live on: then the rest goes its usual way.
      if (items.length > 0) void exchange(items, true).then(wake)
    },
    forget(ids) {
      const items = outbox.remove(ids)
      waiters.release()
      void outbox.refill().then(wake)
      return items
    },
    clear() {
      const items = outbox.clear()
      waiters.release()
      return items
    },
    close() {
      isClosed = true
      stopTimer()
      retry.end()
      rejectWhereAtRest()
    },
  }
}

function closedError(): DeliveryError {
  return new DeliveryError('closed', 'Closed before every event was answered; they stay in the outbox')
}
