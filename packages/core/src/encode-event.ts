import {
  formatTimestamp,
  utf8Length,
  validateEvent,
  validateServerEvent,
  type ArunikaEvent,
  type Checked,
  type EventContext,
  type EventErrorCode,
  type Identifier,
} from '@arunika/protocol'
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

/** What {@link encodeEvent} adds. */
export interface Stamp {
  eventId: string
  /** Milliseconds since the epoch. */
  now: number
  group: string
}

/**
 * The outbox item of an event, checked as the server will check it, so that what can never be stored is told to the caller
 * at once. The JSON is made here and now: what `JSON.stringify` leaves out (`undefined`, functions) is left out, and a value that
 * it cannot write (a cycle, a bigint) is a failure. Never throws.
 *
 * @example
 * encodeEvent({ eventType: 'login' }, { eventId: createUuidV7()(), now: Date.now(), group: '/api/events' })
 */
export function encodeEvent(
  input: EventInput,
  stamp: Stamp,
): Checked<{ item: OutboxItem; event: ArunikaEvent }, EventErrorCode> {
  const { eventId, now, group } = stamp
  let json: string
  let written: unknown
  try {
    // First, where an outbox item has its id; and last, so that nothing in the input takes their place.
    const stamped = { eventId, timestamp: formatTimestamp(now) }
    json = JSON.stringify({ ...stamped, ...input, ...stamped })
    written = JSON.parse(json)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'a value in it threw'
    return { ok: false, code: 'invalid_event_data', detail: `the event cannot be written as JSON: ${reason}` }
  }
  const checked = input.identifier === undefined ? validateEvent(written) : validateServerEvent(written)
  if (!checked.ok) return checked
  const event = checked.value
  return {
    ok: true,
    value: { event, item: { id: eventId, group, json, bytes: utf8Length(json), takenAt: now } },
  }
}
