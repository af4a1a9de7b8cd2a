import { DIALECT } from './dialect'
import { eventSchema } from './event'
import { timestampField } from './fields'

const nullableText = { type: ['string', 'null'] } as const

/** The schema of {@link Activity}. */
export const activitySchema = {
  $schema: DIALECT,
  $id: 'urn:arunika:schema:activity',
  title: 'Activity',
  description: 'An event as it is stored.',
  type: 'object',
  properties: {
    ...eventSchema.properties,
    profileId: nullableText,
    sessionId: nullableText,
    source: { type: 'string', description: 'browser, server, or the provider whose webhook it came from.' },
    receivedAt: timestampField,
    originalTimestamp: {
      ...timestampField,
      description: 'What the sender’s clock said, where the server corrected the timestamp.',
    },
    timestampOutlier: {
      enum: ['future', 'ancient'],
      description: 'There where timestamp is more than a day after receivedAt, or ten years before it.',
    },
  },
  required: [...eventSchema.required, 'profileId', 'sessionId', 'source', 'receivedAt'],
} as const
