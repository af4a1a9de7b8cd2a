import { LIMITS } from '../limits'
import { DIALECT } from './dialect'
import { jsonObjectField, timestampField, uuidV7Field } from './fields'
import { identifierSchema } from './identifier'

const text = { type: 'string' } as const
const number = { type: 'number' } as const

/** The schema of {@link EventContext}. */
export const contextSchema = {
  $schema: DIALECT,
  $id: 'urn:arunika:schema:event-context',
  title: 'EventContext',
  description: `Where an event happened; an app may add fields of its own. At most ${LIMITS.maxContextBytes} bytes encoded.`,
  type: 'object',
  properties: {
    page: { type: 'object', properties: { url: text, path: text, title: text, referrer: text } },
    campaign: {
      type: 'object',
      properties: {
        source: text,
        medium: text,
        name: text,
        term: text,
        content: text,
        clickId: text,
        clickIdType: text,
      },
    },
    locale: text,
    timezone: text,
    screen: { type: 'object', properties: { width: number, height: number } },
    library: { type: 'object', properties: { name: text, version: text } },
    host: text,
  },
} as const

/** The fields that every form of an event has. */
const eventFields = {
  eventId: uuidV7Field,
  eventType: {
    type: 'string',
    minLength: 1,
    maxLength: LIMITS.maxEventTypeLength,
    pattern: '^[^\\p{Cc}\\p{Cs}]*$',
  },
  timestamp: timestampField,
  description: { type: 'string', maxLength: LIMITS.maxDescriptionLength },
  eventData: jsonObjectField,
  context: { $ref: contextSchema.$id },
} as const

/** The schema of {@link ArunikaEvent}. */
export const eventSchema = {
  $schema: DIALECT,
  $id: 'urn:arunika:schema:event',
  title: 'Event',
  description: 'An event as a browser sends it.',
  type: 'object',
  properties: eventFields,
  required: ['eventId', 'eventType', 'timestamp'],
} as const

/** The schema of {@link ServerEvent}. */
export const serverEventSchema = {
  $schema: DIALECT,
  $id: 'urn:arunika:schema:server-event',
  title: 'ServerEvent',
  description: 'An event as a server sends it: it says who it is about.',
  type: 'object',
  properties: { ...eventFields, identifier: { $ref: identifierSchema.$id } },
  required: ['eventId', 'eventType', 'timestamp', 'identifier'],
} as const

/** The schema of {@link BareEvent}. */
export const bareEventSchema = {
  $schema: DIALECT,
  $id: 'urn:arunika:schema:bare-event',
  title: 'BareEvent',
  description:
    'A server’s event as curl sends it: the server makes the eventId and the timestamp that are left out.',
  type: 'object',
  properties: { ...eventFields, identifier: { $ref: identifierSchema.$id } },
  required: ['eventType', 'identifier'],
} as const
