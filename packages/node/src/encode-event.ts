import type { EventInput, OutboxItem } from '@arunika/core'
import {
  formatTimestamp,
  validateServerEvent,
  type Checked,
  type EventContext,
  type EventErrorCode,
  type Identifier,
} from '@arunika/protocol'
import { isSurelyValid } from './is-surely-valid'

/** What an app says of an event of a server. */
export type ServerEventInput = Omit<EventInput, 'context'> & { identifier: Identifier }

/** What the client adds to it. */
interface Stamp {
  eventId: string
  /** Milliseconds since the epoch. */
  now: number
}

/** Makes the outbox item of an event, or says why it can never be stored. Never throws. */
export type EncodeEvent = (input: ServerEventInput, stamp: Stamp) => Checked<OutboxItem, EventErrorCode>

/**
 * Makes the encoder of one sender's events. Each is checked as the server will check it, so that what can never be stored is told to
 * the caller at once. The JSON is made here and now: what `JSON.stringify` leaves out (`undefined`, functions) is left out, and a
 * value that it cannot write (a cycle, a bigint) is a failure.
 *
 * @param options - `group`: of the items. `context`: the same for every event, and valid.
 * @example
 * const encode = createEncodeEvent({ group: ROUTES.serverEvents, context: origin() })
 * const encoded = encode({ eventType: 'login', identifier: { userId: 'user-42' } }, { eventId: newId(), now: Date.now() })
 */
export function createEncodeEvent({ group, context }: { group: string; context: EventContext }): EncodeEvent {
  const tail = `,"context":${JSON.stringify(context)}}`
  let last = { ms: NaN, text: '' }

  function timestampAt(ms: number): string {
    if (ms !== last.ms) last = { ms, text: formatTimestamp(ms) }
    return last.text
  }

  return function encodeEvent(input, { eventId, now }) {
    const { eventType, description, eventData, identifier } = input
    let json: string
    try {
      const data = eventData && JSON.stringify(eventData)
      // Piece by piece, which costs less than one object of all. The id comes first, where an outbox item has it.
      json =
        `{"eventId":"${eventId}","timestamp":"${timestampAt(now)}","eventType":${quoted(eventType)}` +
        (description === undefined ? '' : `,"description":${quoted(description)}`) +
        (data === undefined ? '' : `,"eventData":${data}`) +
        `,"identifier":${JSON.stringify(identifier)}${tail}`
      if (!isSurelyValid(input, data)) {
        const checked = validateServerEvent(JSON.parse(json))
        if (!checked.ok) return checked
      }
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : 'a value in it threw'
      return {
        ok: false,
        code: 'invalid_event_data',
        detail: `the event cannot be written as JSON: ${reason}`,
      }
    }
    return { ok: true, value: { id: eventId, group, json, bytes: Buffer.byteLength(json), takenAt: now } }
  }
}

/** Text that JSON writes as it is. */
const PLAIN = /^[ !#-[\]-~]*$/

function quoted(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text)
}
