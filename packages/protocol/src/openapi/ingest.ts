import { HEADERS } from '../headers'
import { ROUTES } from '../routes'
import {
  bareEventSchema,
  browserBatchSchema,
  ingestAnswerSchema,
  profileAnswerSchema,
  profileRequestSchema,
  serverBatchSchema,
} from '../schemas'
import { BODY_CODES, json, ok, refusals } from './answers'
import { AS_APP, refTo } from './components'

const NO_SECRET = [] as const
const BROWSER_CODES = [...BODY_CODES, 'unknown_app', 'app_suspended', 'origin_not_allowed'] as const
const SERVER_CODES = [
  ...BODY_CODES,
  'invalid_credentials',
  'signature_required',
  'timestamp_out_of_range',
  'invalid_signature',
  'app_suspended',
] as const

/** A page may send JSON as text/plain, which a browser sends across origins without asking first. */
function fromPage(schema: { $id: string }) {
  return {
    required: true,
    content: {
      ...json(schema),
      'text/plain': {
        schema: { type: 'string', contentMediaType: 'application/json', contentSchema: refTo(schema) },
      },
    },
  }
}

const signatureHeaders = [
  {
    name: HEADERS.timestamp,
    in: 'header',
    description: 'When the request was signed, in Unix seconds. Needed with a signature.',
    schema: { type: 'string', pattern: '^\\d{1,12}$' },
  },
  {
    name: HEADERS.signature,
    in: 'header',
    description:
      'sha256= and the lowercase hex of HMAC-SHA256, keyed by the API key, over the timestamp, a full stop and the bytes of the body as sent. Needed where the app requires signatures.',
    schema: { type: 'string', pattern: '^sha256=[0-9a-f]{64}$' },
  },
  {
    name: 'content-encoding',
    in: 'header',
    schema: { enum: ['gzip', 'identity'] },
  },
] as const

const stored = ok('Every event is stored, was stored before, or is named in rejected.', ingestAnswerSchema)

/** The routes that the SDKs post to. */
export const ingestPaths = {
  [ROUTES.browserEvents]: {
    post: {
      operationId: 'sendBrowserEvents',
      summary: 'Events of a browser’s session',
      tags: ['ingest'],
      security: NO_SECRET,
      requestBody: fromPage(browserBatchSchema),
      responses: { 200: stored, ...refusals(...BROWSER_CODES, 'invalid_batch', 'too_many_events') },
    },
  },
  [ROUTES.profile]: {
    post: {
      operationId: 'identify',
      summary: 'Who a browser’s session is',
      tags: ['ingest'],
      security: NO_SECRET,
      requestBody: fromPage(profileRequestSchema),
      responses: {
        200: ok('The person that the session belongs to.', profileAnswerSchema),
        ...refusals(...BROWSER_CODES, 'invalid_profile'),
      },
    },
  },
  [ROUTES.serverEvents]: {
    post: {
      operationId: 'sendServerEvents',
      summary: 'Events of a server, or one bare event',
      tags: ['ingest'],
      security: AS_APP,
      parameters: signatureHeaders,
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: { anyOf: [refTo(serverBatchSchema), refTo(bareEventSchema)] } },
        },
      },
      responses: { 200: stored, ...refusals(...SERVER_CODES, 'invalid_batch', 'too_many_events') },
    },
  },
  [ROUTES.serverEvent]: {
    post: {
      operationId: 'sendServerEvent',
      summary: 'One bare event of a server',
      tags: ['ingest'],
      security: AS_APP,
      parameters: signatureHeaders,
      requestBody: { required: true, content: json(bareEventSchema) },
      responses: { 200: stored, ...refusals(...SERVER_CODES) },
    },
  },
} as const
