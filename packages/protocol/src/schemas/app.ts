import { DIALECT } from './dialect'
import { appIdField, nameField, timestampField } from './fields'

const origins = {
  description: 'The origins whose pages may send; null lets every origin in.',
  type: ['array', 'null'],
  items: { type: 'string' },
} as const

const statusField = { enum: ['active', 'suspended'] } as const

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
    status: statusField,
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

/** The schema of {@link AppPatch}. */
export const appPatchSchema = {
  $schema: DIALECT,
  $id: 'urn:arunika:schema:app-patch',
  title: 'AppPatch',
  description: 'At least one field; what is left out stays as it is.',
  type: 'object',
  properties: { ...appRequestSchema.properties, status: statusField },
  anyOf: [
    { required: ['name'] },
    { required: ['allowedOrigins'] },
    { required: ['requireSignature'] },
    { required: ['status'] },
  ],
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
