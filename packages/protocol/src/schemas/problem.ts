import { ERROR_CODES, type ErrorCode } from '../error-codes'
import { DIALECT } from './dialect'

/** The schema of {@link Problem}. */
export const problemSchema = {
  $schema: DIALECT,
  $id: 'urn:arunika:schema:problem',
  title: 'Problem',
  description: 'A failure: RFC 9457 with a stable code.',
  type: 'object',
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    detail: { type: 'string' },
    code: { enum: Object.keys(ERROR_CODES) as ErrorCode[] },
  },
  required: ['type', 'title', 'status', 'detail', 'code'],
} as const
