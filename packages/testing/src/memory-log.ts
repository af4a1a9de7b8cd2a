import {
  createUuidV7,
  formatTimestamp,
  type ArunikaEvent,
  type Checked,
  type EventContext,
  type Identifier,
} from '@arunika/protocol'

/** An event as the app gave it: nothing about its parts has been checked. */
export interface GivenEvent {
  eventId: string
  timestamp: string
  eventType: string
  description?: string | undefined
  eventData?: object | undefined
  context?: EventContext | undefined
  identifier?: Identifier | undefined
}

/** Why an event was let go, as both SDKs say it. */
export type DropReason = 'outbox_full' | 'closed'

/** What a client tells its listeners, by the name that `on` takes. */
export interface MemoryClientEvents<Event extends ArunikaEvent, Reason extends string = DropReason> {
  /** Told by `flush`: a memory client stores everything. */
  delivered: { events: Event[] }
  /** The server would refuse the event. */
  rejected: { event: Event | GivenEvent; code: string; detail: string }
  /** The event came after the client was closed; a test may tell of the other reasons by `emit`. */
  dropped: { event: Event; reason: Reason }
  /** Never told unless a test does it by `emit`. */
  error: Error & { readonly code: string }
  /** Of a backend's client, and never told unless a test does it by `emit`. */
  drain: { waiting: number }
}

/** What both memory clients have for the test beside the SDK's own calls. */
export interface MemoryClientProbe<Event extends ArunikaEvent, Reason extends string = DropReason> {
  /** What was logged so far, in that order, in the form in which a server keeps it. Each call gives a new list. */
  events(): Event[]
  /**
   * Tells the app's listeners of something, as if it had happened: to test what the app does then.
   *
   * @example
   * client.emit('dropped', { event: client.events()[0], reason: 'outbox_full' })
   */
  emit<Name extends keyof MemoryClientEvents<Event>>(
    name: Name,
    value: MemoryClientEvents<Event, Reason>[Name],
  ): void
  /** Calls a listener from now on, and gives a function that removes it. What it throws reaches the test. */
  on<Name extends keyof MemoryClientEvents<Event>>(
    name: Name,
    listener: (value: MemoryClientEvents<Event, Reason>[Name]) => void,
  ): () => void
}

/** The events of a memory client, and who listens. */
export class MemoryLog<Event extends ArunikaEvent, Reason extends string> implements MemoryClientProbe<
  Event,
  Reason
> {
  readonly #newId = createUuidV7()
  readonly #listeners: Listeners<Event, Reason> = {
    delivered: new Set(),
    rejected: new Set(),
    dropped: new Set(),
    error: new Set(),
    drain: new Set(),
  }
  readonly #lost = { rejected: 0, dropped: 0 }
  readonly #events: Event[] = []
  #told = 0
  #closed: Reason | null = null

  /**
   * Takes what was given in the form in which a server would keep it; `null`, and the listeners are told, where one would not.
   *
   * @param check - What the server would say of it.
   */
  take<Code extends string>(
    given: Omit<GivenEvent, 'eventId' | 'timestamp'>,
    check: (written: unknown) => Checked<Event, Code>,
  ): Event | null {
    const event = { eventId: this.#newId(), timestamp: formatTimestamp(Date.now()), ...given }
    let written: unknown
    try {
      written = JSON.parse(JSON.stringify(event))
    } catch (cause) {
      const detail = `the event cannot be written as JSON: ${String(cause)}`
      this.#reject({ event, code: 'invalid_event_data', detail })
      return null
    }
    const checked = check(written)
    if (!checked.ok) {
      this.#reject({ event, code: checked.code, detail: checked.detail })
      return null
    }
    if (this.#closed !== null) {
      this.#lost.dropped++
      this.emit('dropped', { event: checked.value, reason: this.#closed })
      return null
    }
    this.#events.push(checked.value)
    return checked.value
  }

  events(): Event[] {
    return structuredClone(this.#events)
  }

  flush(): void {
    const events = this.#events.slice(this.#told)
    this.#told = this.#events.length
    if (events.length > 0) this.emit('delivered', { events: structuredClone(events) })
  }

  /** What became of what was given. */
  stats(): { waiting: number; delivered: number; rejected: number; dropped: number } {
    return { waiting: this.#events.length - this.#told, delivered: this.#told, ...this.#lost }
  }

  /** Takes nothing more, for this reason; `null` takes it again. */
  close(reason: Reason | null): void {
    this.#closed = reason
  }

  #reject(rejected: MemoryClientEvents<Event, Reason>['rejected']): void {
    this.#lost.rejected++
    this.emit('rejected', rejected)
  }

  emit<Name extends keyof MemoryClientEvents<Event>>(
    name: Name,
    value: MemoryClientEvents<Event, Reason>[Name],
  ): void {
    for (const listener of [...this.#listeners[name]]) listener(value)
  }

  on<Name extends keyof MemoryClientEvents<Event>>(
    name: Name,
    listener: (value: MemoryClientEvents<Event, Reason>[Name]) => void,
  ): () => void {
    const own = (value: MemoryClientEvents<Event, Reason>[Name]) => listener(value)
    this.#listeners[name].add(own)
    return () => void this.#listeners[name].delete(own)
  }
}

type Listeners<Event extends ArunikaEvent, Reason extends string> = {
  [Name in keyof MemoryClientEvents<Event>]: Set<(value: MemoryClientEvents<Event, Reason>[Name]) => void>
}
