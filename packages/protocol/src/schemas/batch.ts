import { EVENT_ERROR_CODES, type EventErrorCode } from '../error-codes'
import { LIMITS } from '../limits'
import { DIALECT } from './dialect'
import { eventSchema, serverEventSchema } from './event'
import { appIdField, nameField, sentAtField } from './fields'

/** The schema of {@link BrowserBatch}. */
export const browserBatchSchema = {
  $schema: DIALECT,
  $id: 'urn:arunika:schema:browser-batch',
  title: 'BrowserBatch',
  description: `Events of a browser’s session. A body takes at most ${LIMITS.maxBodyBytes} bytes.`,
  type: 'object',
  properties: {
    appId: appIdField,
    sessionId: nameField,
    sentAt: sentAtField,
    events: { type: 'array', items: { $ref: eventSchema.$id }, maxItems: LIMITS.maxBatchEvents },
  },
  required: ['appId', 'sessionId', 'events'],
} as const

/** The schema of {@link ServerBatch}. */
export const serverBatchSchema = {
  $schema: DIALECT,
  $id: 'urn:arunika:schema:server-batch',
  title: 'ServerBatch',
  description: `Events of a server. A body takes at most ${LIMITS.maxBodyBytes} bytes as sent, ${LIMITS.maxUnzippedBodyBytes} unzipped.`,
  type: 'object',
  properties: {
    sentAt: sentAtField,
    events: { type: 'array', items: { $ref: serverEventSchema.$id }, maxItems: LIMITS.maxBatchEvents },
  },
  required: ['events'],
} as const

const count = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER } as const

/** The schema of {@link IngestAnswer}. */
export const ingestAnswerSchema = {
  $schema: DIALECT,
  $id: 'urn:arunika:schema:ingest-answer',
  title: 'IngestAnswer',
  description:
    'Every event is stored now (accepted), was stored before (duplicates), or is named in rejected.',
  type: 'object',
  properties: {
    accepted: count,
    duplicates: count,
    rejected: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          index: count,
          eventId: { type: ['string', 'null'] },
          code: { enum: Object.keys(EVENT_ERROR_CODES) as EventErrorCode[] },
          detail: { type: 'string' },
        },
        required: ['index', 'eventId', 'code', 'detail'],
      },
    },
  },
  required: ['accepted', 'duplicates', 'rejected'],
} as const
