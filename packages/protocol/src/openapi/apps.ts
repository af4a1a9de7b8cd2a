import { appAnswerSchema, appPageSchema, appRequestSchema } from '../schemas'
import { BODY_CODES, json, ok, refusals } from './answers'
import { AS_OPERATOR, AS_READER } from './components'

/** The routes that manage apps. */
export const appPaths = {
  '/api/apps': {
    get: {
      operationId: 'listApps',
      summary: 'The apps that the caller sees',
      tags: ['apps'],
      security: AS_READER,
      responses: { 200: ok('The apps.', appPageSchema), ...refusals('invalid_credentials', 'app_suspended') },
    },
    post: {
      operationId: 'createApp',
      summary: 'A new app and its first API key',
      tags: ['apps'],
      security: AS_OPERATOR,
      requestBody: { required: true, content: json(appRequestSchema) },
      responses: {
        201: ok('The app. Its key is shown this once.', appAnswerSchema),
        ...refusals(...BODY_CODES, 'invalid_request', 'invalid_credentials', 'app_suspended'),
      },
    },
  },
} as const
