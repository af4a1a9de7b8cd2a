import { USER_STATUSES } from '../profile'
import {
  activityPageSchema,
  streamMessageSchema,
  userPageSchema,
  userPatchSchema,
  userSchema,
} from '../schemas'
import { timestampField } from '../schemas/fields'
import { BODY_CODES, json, ok, refusals } from './answers'
import { AS_READER, refTo } from './components'
import { inPath, pages, query } from './parameters'

const profileId = inPath('profileId')
const appId = query('appId', 'The app to read. An operator must name it; an API key reads its own app alone.')
const order = query('order', 'desc is newest first.', { enum: ['desc', 'asc'], default: 'desc' })
const paging = [...pages, order] as const
const activityFilter = [
  appId,
  query('userId', 'Of the person with this id of the app’s own.'),
  query('sessionId', 'Of this session.'),
  query('type', 'Of this eventType.'),
  query('source', 'browser, server, or the name of a provider.'),
  query('from', 'Not before this time.', timestampField),
  query('to', 'Before this time.', timestampField),
  query('search', 'Part of the eventType or the description.'),
] as const
const READER_CODES = ['invalid_credentials', 'app_suspended', 'not_found'] as const
const LIST_CODES = [...READER_CODES, 'invalid_query'] as const

/** The routes that read what is stored. */
export const readingPaths = {
  '/api/users': {
    get: {
      operationId: 'listUsers',
      summary: 'The people of an app, newest first',
      tags: ['reading'],
      security: AS_READER,
      parameters: [
        appId,
        query('status', 'Of this status only.', { enum: USER_STATUSES }),
        query('search', 'Part of the name, the email or the userId.'),
        ...paging,
      ],
      responses: { 200: ok('A page of people.', userPageSchema), ...refusals(...LIST_CODES) },
    },
  },
  '/api/users/{profileId}': {
    parameters: [profileId],
    get: {
      operationId: 'getUser',
      summary: 'One person',
      tags: ['reading'],
      security: AS_READER,
      responses: { 200: ok('The person.', userSchema), ...refusals(...READER_CODES) },
    },
    patch: {
      operationId: 'updateUser',
      summary: 'Approve or suspend a person',
      tags: ['reading'],
      security: AS_READER,
      requestBody: { required: true, content: json(userPatchSchema) },
      responses: {
        200: ok('The person as they are now.', userSchema),
        ...refusals(...READER_CODES, ...BODY_CODES, 'invalid_request'),
      },
    },
    delete: {
      operationId: 'eraseUser',
      summary: 'Erase a person and their events',
      description:
        'For ever. An event that comes later with one of their identifiers starts a new person; one of theirs that is sent again is a duplicate.',
      tags: ['reading'],
      security: AS_READER,
      responses: { 204: { description: 'The person is gone.' }, ...refusals(...READER_CODES) },
    },
  },
  '/api/users/{profileId}/timeline': {
    get: {
      operationId: 'getTimeline',
      summary: 'One person’s events, of browsers and servers in one order',
      tags: ['reading'],
      security: AS_READER,
      parameters: [profileId, ...paging],
      responses: {
        200: ok('A page of the person’s events, by timestamp and then eventId.', activityPageSchema),
        ...refusals(...LIST_CODES),
      },
    },
  },
  '/api/activities': {
    get: {
      operationId: 'listActivities',
      summary: 'The events of an app, newest first',
      tags: ['reading'],
      security: AS_READER,
      parameters: [...activityFilter, ...paging],
      responses: { 200: ok('A page of events.', activityPageSchema), ...refusals(...LIST_CODES) },
    },
  },
  '/api/activities/export': {
    get: {
      operationId: 'exportActivities',
      summary: 'All the events that pass, as a file',
      description:
        'A field of CSV that a spreadsheet would run as a formula begins with an apostrophe. An answer that breaks off is not whole.',
      tags: ['reading'],
      security: AS_READER,
      parameters: [
        ...activityFilter,
        query('format', 'A line each: of CSV under a line of names, or an Activity as JSON.', {
          enum: ['csv', 'ndjson'],
          default: 'ndjson',
        }),
        order,
      ],
      responses: {
        200: {
          description: 'The events.',
          content: {
            'application/x-ndjson': { schema: { type: 'string' } },
            'text/csv': { schema: { type: 'string' } },
          },
        },
        ...refusals(...LIST_CODES),
      },
    },
  },
  '/api/stream': {
    get: {
      operationId: 'stream',
      summary: 'What is stored, as it is stored (a WebSocket)',
      description:
        'Each message is the JSON of a StreamMessage. A request that is no WebSocket’s is refused with `invalid_request`.',
      tags: ['reading'],
      security: AS_READER,
      parameters: [
        appId,
        query('since', 'The last seq that was received: what came after it is sent first.', {
          type: 'integer',
          minimum: 0,
        }),
      ],
      responses: {
        101: {
          description: 'The connection is a WebSocket now.',
          content: { 'application/json': { schema: refTo(streamMessageSchema) } },
        },
        ...refusals(...LIST_CODES, 'invalid_request'),
      },
    },
  },
} as const
