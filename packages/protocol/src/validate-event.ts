import type { EventErrorCode } from './error-codes'
import type { ArunikaEvent, ServerEvent } from './event'
import { isObject, own } from './json'
import { LIMITS } from './limits'
import { characterCount, isPlainText, storableText } from './text'
import { formatTimestamp, parseTimestamp } from './time'
import { isUuidV7 } from './uuid'
import { contextFault } from './validate-context'
import { validateIdentifier } from './validate-identifier'
import { checkObject } from './validate-object'
import { failed, type Checked } from './validation'

/**
 * Whether a value is an event, and the event in the form in which it is kept: the id in lower case, the timestamp in UTC with
 * milliseconds, fields that the wire does not know left out. `eventData` and `context` are the given objects themselves, not
 * copies. Never throws, whatever it is given.
 *
 * @example
 * const checked = validateEvent(JSON.parse(text))
 * if (!checked.ok) console.warn(checked.code, checked.detail)
 */
export function validateEvent(value: unknown): Checked<ArunikaEvent, EventErrorCode> {
  if (!isObject(value)) return failed('event_not_object', 'the event must be a JSON object')

  const eventId = own(value, 'eventId')
  if (!isUuidV7(eventId)) return failed('invalid_event_id', 'eventId must be a UUID of version 7')

  const eventType = own(value, 'eventType')
  if (!isEventType(eventType)) {
    return failed(
      'invalid_event_type',
      `eventType must be text of 1 to ${LIMITS.maxEventTypeLength} characters without control characters`,
    )
  }

  const timestampMs = parseTimestamp(own(value, 'timestamp'))
  if (timestampMs === null) {
    return failed(
      'invalid_timestamp',
      'timestamp must be an ISO-8601 date-time with a time zone, such as 2026-01-31T09:30:00.000Z',
    )
  }
  const event: ArunikaEvent = {
    eventId: eventId.toLowerCase(),
    eventType,
    timestamp: formatTimestamp(timestampMs),
  }

  const description = own(value, 'description')
  if (description !== undefined) {
    const max = LIMITS.maxDescriptionLength
    if (typeof description !== 'string' || characterCount(description, max) > max) {
      return failed('invalid_description', `description must be text of at most ${max} characters`)
    }
    event.description = storableText(description)
  }

  const eventData = own(value, 'eventData')
  if (eventData !== undefined) {
    const checked = checkObject(eventData, 'eventData', LIMITS.maxEventDataBytes)
    if (!checked.ok) {
      return failed(
        checked.code === 'too-large' ? 'event_data_too_large' : 'invalid_event_data',
        checked.detail,
      )
    }
    event.eventData = checked.value
  }

  const context = own(value, 'context')
  if (context !== undefined) {
    const checked = checkObject(context, 'context', LIMITS.maxContextBytes)
    if (!checked.ok) {
      return failed(checked.code === 'too-large' ? 'context_too_large' : 'invalid_context', checked.detail)
    }
    const fault = contextFault(checked.value)
    if (fault !== undefined) return failed('invalid_context', `context.${fault}`)
    event.context = checked.value
  }
  return { ok: true, value: event }
}

/**
 * What {@link validateEvent} does, for an event of a server, which says who it is about. Never throws.
 *
 * @example
 * validateServerEvent({ ...event, identifier: { userId: 'user_1' } }).ok // true
 */
export function validateServerEvent(value: unknown): Checked<ServerEvent, EventErrorCode> {
  const event = validateEvent(value)
  if (!event.ok) return event
  const identifier = validateIdentifier(own(value as object, 'identifier'))
  if (!identifier.ok) return identifier
  return { ok: true, value: { ...event.value, identifier: identifier.value } }
}

/**
 * True of text that can be an event's type: 1 to 128 characters, no control characters.
 *
 * @example
 * isEventType('order_shipped') // true
 */
export function isEventType(value: unknown): value is string {
  const max = LIMITS.maxEventTypeLength
  return typeof value === 'string' && value !== '' && characterCount(value, max) <= max && isPlainText(value)
}
