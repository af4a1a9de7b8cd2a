import { DIALECT } from './dialect'
import { timestampField } from './fields'

/** The schema of {@link SuspiciousCall}. */
export const suspiciousCallSchema = {
  $schema: DIALECT,
  $id: 'urn:arunika:schema:suspicious-call',
  title: 'SuspiciousCall',
  type: 'object',
  properties: {
    at: timestampField,
    reason: { type: 'string' },
    address: { type: ['string', 'null'], description: 'null where one entry counts the calls of a flood.' },
    appId: { type: ['string', 'null'], description: 'As the caller claimed.' },
  },
  required: ['at', 'reason', 'address', 'appId'],
} as const
