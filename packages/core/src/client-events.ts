import type { ArunikaEvent, EventContext, Identifier } from '@arunika/protocol'
import type { ArunikaError } from './errors/arunika-error'
import type { OutboxItem } from './outbox-item'

/** What an app says of an event; the SDK adds the id and the time. */
export interface EventInput {
  eventType: string
  description?: string | undefined
  eventData?: object | undefined
  context?: EventContext | undefined
  /** On a server: who it is about. */
  identifier?: Identifier | undefined
}

/** An event as the app gave it, with the SDK's id and time: nothing about its parts has been checked. */
export interface GivenEvent extends EventInput {
  /** The SDK's id of it, a UUIDv7. */
  eventId: string
  /** When it was given, ISO-8601 UTC with milliseconds. */
  timestamp: string
}

/**
 * Why an event was let go although the server might have taken it.
 *
 * - `outbox_full`: as many events or bytes wait as the options allow.
 * - `closed`: it came after the client was shut down.
 * - `shutdown`: it still waited when the time of the shutdown was over. Where its request was under way, the server may
 *   have stored it.
 */
export type DropReason = 'outbox_full' | 'closed' | 'shutdown'

/** What a client tells its listeners, by the name that `on` takes. Each event is told of once in the first three. */
export interface ClientEvents<Event extends ArunikaEvent = ArunikaEvent> {
  /** The server has stored these events. */
  delivered: { events: Event[] }
  /** The event can never be stored; the protocol's code, and a sentence that says what is wrong with it. */
  rejected: { event: Event | GivenEvent; code: string; detail: string }
  /** The event was let go. */
  dropped: { event: Event; reason: DropReason }
  /** Something failed that the SDK goes on after: a try that will be repeated, a listener that threw. */
  error: ArunikaError
}

/** The event of an outbox item, for the listeners. */
export function eventOf<Event extends ArunikaEvent>(item: OutboxItem): Event {
  return JSON.parse(item.json) as Event
}
