import { DIALECT } from './dialect'
import { appIdField, nameField, timestampField } from './fields'

const origins = {
  description: 'The origins whose pages may send; null lets every origin in.',
  type: ['array', 'null'],
  items: { type: 'string' },
} as const

/** The schema of {@link App}. */
export const appSchema = {
  $schema: DIALECT,
  $id: 'urn:arunika:schema:app',
  title: 'App',
  type: 'object',
  properties: {
    appId: appIdField,
    name: nameField,
    allowedOrigins: origins,
    requireSignature: { type: 'boolean' },
    status: { enum: ['active', 'suspended'] },
    createdAt: timestampField,
  },
  required: ['appId', 'name', 'allowedOrigins', 'requireSignature', 'status', 'createdAt'],
} as const

/** The schema of {@link AppRequest}. */
export const appRequestSchema = {
  $schema: DIALECT,
  $id: 'urn:arunika:schema:app-request',
  title: 'AppRequest',
  type: 'object',
  properties: { name: nameField, allowedOrigins: origins, requireSignature: { type: 'boolean' } },
  required: ['name'],
} as const

/** The schema of {@link AppAnswer}. */
export const appAnswerSchema = {
  $schema: DIALECT,
  $id: 'urn:arunika:schema:app-answer',
  title: 'AppAnswer',
  type: 'object',
  properties: {
    app: { $ref: appSchema.$id },
    apiKey: { type: 'string', description: 'Shown this once.' },
  },
  required: ['app', 'apiKey'],
} as const
