import {
  apiKeyAnswerSchema,
  apiKeyPageSchema,
  apiKeyRequestSchema,
  appAnswerSchema,
  appPageSchema,
  appPatchSchema,
  appRequestSchema,
  appSchema,
  suspiciousCallPageSchema,
} from '../schemas'
import { BODY_CODES, json, ok, refusals } from './answers'
import { AS_OPERATOR, AS_READER } from './components'
import { inPath, pages, query } from './parameters'

const OPERATOR_CODES = ['invalid_credentials', 'app_suspended'] as const
const appId = inPath('appId')

/** The routes that manage apps. */
export const appPaths = {
  '/api/apps': {
    get: {
      operationId: 'listApps',
      summary: 'The apps that the caller sees',
      tags: ['apps'],
      security: AS_READER,
      responses: { 200: ok('The apps.', appPageSchema), ...refusals(...OPERATOR_CODES) },
    },
    post: {
      operationId: 'createApp',
      summary: 'A new app and its first API key',
      tags: ['apps'],
      security: AS_OPERATOR,
      requestBody: { required: true, content: json(appRequestSchema) },
      responses: {
        201: ok('The app. Its key is shown this once.', appAnswerSchema),
        ...refusals(...BODY_CODES, 'invalid_request', ...OPERATOR_CODES),
      },
    },
  },
  '/api/apps/{appId}': {
    parameters: [appId],
    patch: {
      operationId: 'updateApp',
      summary: 'Change an app: its name, its origins, whether calls must be signed, whether it is suspended',
      tags: ['apps'],
      security: AS_OPERATOR,
      requestBody: { required: true, content: json(appPatchSchema) },
      responses: {
        200: ok('The app as it is now.', appSchema),
        ...refusals(...BODY_CODES, 'invalid_request', 'not_found', ...OPERATOR_CODES),
      },
    },
  },
  '/api/apps/{appId}/keys': {
    parameters: [appId],
    get: {
      operationId: 'listApiKeys',
      summary: 'An app’s API keys, newest first: which there are, and not the keys',
      tags: ['apps'],
      security: AS_OPERATOR,
      responses: { 200: ok('The keys.', apiKeyPageSchema), ...refusals('not_found', ...OPERATOR_CODES) },
    },
    post: {
      operationId: 'createApiKey',
      summary: 'One more API key of an app; those before it stay valid',
      tags: ['apps'],
      security: AS_OPERATOR,
      requestBody: { required: false, content: json(apiKeyRequestSchema) },
      responses: {
        201: ok('The key, shown this once.', apiKeyAnswerSchema),
        ...refusals(...BODY_CODES, 'invalid_request', 'not_found', ...OPERATOR_CODES),
      },
    },
  },
  '/api/apps/{appId}/keys/{keyId}': {
    parameters: [appId, inPath('keyId')],
    delete: {
      operationId: 'revokeApiKey',
      summary: 'Revoke an API key: the next request with it is refused',
      description: 'For ever. To revoke a key again changes nothing.',
      tags: ['apps'],
      security: AS_OPERATOR,
      responses: {
        204: { description: 'The key is refused from now on.' },
        ...refusals('not_found', ...OPERATOR_CODES),
      },
    },
  },
  '/api/suspicious-calls': {
    get: {
      operationId: 'listSuspiciousCalls',
      summary: 'The calls that were refused because of who they came from, newest first',
      tags: ['apps'],
      security: AS_OPERATOR,
      parameters: [query('appId', 'Of those that named this app; without it, all.'), ...pages],
      responses: {
        200: ok('A page of calls. The last 10,000 are kept.', suspiciousCallPageSchema),
        ...refusals('invalid_query', ...OPERATOR_CODES),
      },
    },
  },
} as const
