import type { RejectedEvent } from './batch'
import type { ErrorCode, EventErrorCode } from './error-codes'
import type { ArunikaEvent, ServerEvent } from './event'
import { isArray, isObject, own } from './json'
import { APP_ID_FORM, isAppId } from './keys'
import { LIMITS } from './limits'
import { parseTimestamp } from './time'
import { validateEvent, validateServerEvent } from './validate-event'
import { formOf, isName } from './validate-identifier'
import { failed, type Checked } from './validation'

/** A batch whose envelope is right: its good events, each with its place in the request, and what is wrong with the others. */
export interface CheckedBatch<Event> {
  /** Milliseconds since the epoch, or `null` where the sender did not say. */
  sentAtMs: number | null
  events: { index: number; event: Event }[]
  rejected: RejectedEvent[]
}

/**
 * Whether a value is the body of `POST /api/events`. One bad event never costs the good ones. Never throws.
 *
 * @example
 * const batch = validateBrowserBatch(body)
 * if (batch.ok) store(batch.value.events) // and answer with batch.value.rejected
 */
export function validateBrowserBatch(
  body: unknown,
): Checked<CheckedBatch<ArunikaEvent> & { appId: string; sessionId: string }, ErrorCode> {
  if (!isObject(body)) return failed('not_an_object', 'the body must be a JSON object')
  const appId = own(body, 'appId')
  if (!isAppId(appId)) return failed('invalid_batch', `appId must be ${APP_ID_FORM}`)
  const sessionId = own(body, 'sessionId')
  if (!isName(sessionId)) return failed('invalid_batch', `sessionId must be ${formOf('sessionId')}`)
  const batch = checkBatch(body, validateEvent)
  return batch.ok ? { ok: true, value: { appId, sessionId, ...batch.value } } : batch
}

/**
 * Whether a value is a batch in the body of `POST /api/webhooks`. One bad event never costs the good ones. Never throws.
 *
 * @example
 * validateServerBatch({ events: [event] })
 */
export function validateServerBatch(body: unknown): Checked<CheckedBatch<ServerEvent>, ErrorCode> {
  if (!isObject(body)) return failed('not_an_object', 'the body must be a JSON object')
  return checkBatch(body, validateServerEvent)
}

const EVENT_FIELDS = [
  'eventId',
  'eventType',
  'timestamp',
  'description',
  'eventData',
  'context',
  'identifier',
] as const

/** What a bare event gets that comes without it. */
export interface MadeFields {
  /** UUIDv7. */
  eventId: string
  timestamp: string
}

/**
 * Whether a value is a bare event, the body of `POST /api/webhooks/events`: the batch of one that it stands for, its
 * missing id and time filled in. Never throws.
 *
 * @example
 * validateBareEvent(body, { eventId: uuid(), timestamp: formatTimestamp(Date.now()) })
 */
export function validateBareEvent(
  body: unknown,
  made: MadeFields,
): Checked<CheckedBatch<ServerEvent>, ErrorCode> {
  if (!isObject(body)) return failed('not_an_object', 'the body must be a JSON object')
  if (own(body, 'events') !== undefined) {
    return failed('invalid_batch', 'this route takes one bare event: post a batch to /api/webhooks')
  }
  const event: Record<string, unknown> = { ...made }
  for (const field of EVENT_FIELDS) {
    const value = own(body, field)
    if (value !== undefined) event[field] = value
  }
  const checked = validateServerBatch({ events: [event] })
  if (!checked.ok) return checked
  // The id that was made is nothing that the sender could know again.
  const rejected = checked.value.rejected.map((event) => ({ ...event, eventId: sentId(body) }))
  return { ok: true, value: { ...checked.value, rejected } }
}

/** Whether a value is the body of `POST /api/webhooks`: a batch, or one bare event. Never throws. */
export function validateServerBody(
  body: unknown,
  made: MadeFields,
): Checked<CheckedBatch<ServerEvent>, ErrorCode> {
  const isBare = isObject(body) && own(body, 'events') === undefined && own(body, 'eventType') !== undefined
  return isBare ? validateBareEvent(body, made) : validateServerBatch(body)
}

function checkBatch<Event>(
  body: Record<string, unknown>,
  check: (value: unknown) => Checked<Event, EventErrorCode>,
): Checked<CheckedBatch<Event>, ErrorCode> {
  const sentAt = own(body, 'sentAt')
  const sentAtMs = sentAt === undefined ? null : parseTimestamp(sentAt)
  if (sentAt !== undefined && sentAtMs === null) {
    return failed('invalid_batch', 'sentAt must be an ISO-8601 date-time with a time zone')
  }
  const values = own(body, 'events')
  if (!isArray(values)) return failed('invalid_batch', 'events must be an array')
  if (values.length > LIMITS.maxBatchEvents) {
    return failed(
      'too_many_events',
      `${values.length} events; the most in one request is ${LIMITS.maxBatchEvents}`,
    )
  }

  const events: CheckedBatch<Event>['events'] = []
  const rejected: RejectedEvent[] = []
  // Not forEach, which leaves out the holes of a sparse array: every place is answered for.
  for (let index = 0; index < values.length; index++) {
    const value = own(values, String(index))
    const checked = check(value)
    if (checked.ok) events.push({ index, event: checked.value })
    else rejected.push({ index, eventId: sentId(value), code: checked.code, detail: checked.detail })
  }
  return { ok: true, value: { sentAtMs, events, rejected } }
}

/** The id that a bad event came with, cut to a length that can be echoed. */
function sentId(value: unknown): string | null {
  const id = isObject(value) ? own(value, 'eventId') : undefined
  return typeof id === 'string' ? id.slice(0, 64) : null
}
