import { DIALECT } from './dialect'
import { timestampField } from './fields'

const keyId = { type: 'string', description: 'Names the key, and is no secret.' } as const

/** The schema of {@link ApiKey}. */
export const apiKeySchema = {
  $schema: DIALECT,
  $id: 'urn:arunika:schema:api-key',
  title: 'ApiKey',
  type: 'object',
  properties: {
    keyId,
    createdAt: timestampField,
    revokedAt: {
      description: 'Since when it is refused; null while it is valid.',
      anyOf: [timestampField, { type: 'null' }],
    },
  },
  required: ['keyId', 'createdAt', 'revokedAt'],
} as const

/** The schema of {@link ApiKeyRequest}. */
export const apiKeyRequestSchema = {
  $schema: DIALECT,
  $id: 'urn:arunika:schema:api-key-request',
  title: 'ApiKeyRequest',
  type: 'object',
  properties: { mode: { enum: ['live', 'test'], description: 'live where it is left out.' } },
} as const

/** The schema of {@link ApiKeyAnswer}. */
export const apiKeyAnswerSchema = {
  $schema: DIALECT,
  $id: 'urn:arunika:schema:api-key-answer',
  title: 'ApiKeyAnswer',
  type: 'object',
  properties: {
    keyId,
    apiKey: { type: 'string', description: 'Shown this once.' },
    createdAt: timestampField,
  },
  required: ['keyId', 'apiKey', 'createdAt'],
} as const
