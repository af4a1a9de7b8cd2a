import { activitySchema } from './schemas/activity'
import { apiKeyAnswerSchema, apiKeyRequestSchema, apiKeySchema } from './schemas/api-key'
import { appAnswerSchema, appPatchSchema, appRequestSchema, appSchema } from './schemas/app'
import { browserBatchSchema, ingestAnswerSchema, serverBatchSchema } from './schemas/batch'
import { bareEventSchema, contextSchema, eventSchema, serverEventSchema } from './schemas/event'
import { identifierSchema } from './schemas/identifier'
import {
  activityPageSchema,
  apiKeyPageSchema,
  appPageSchema,
  suspiciousCallPageSchema,
  userPageSchema,
} from './schemas/page'
import { problemSchema } from './schemas/problem'
import { profileAnswerSchema, profileRequestSchema, userPatchSchema, userSchema } from './schemas/profile'
import { streamMessageSchema } from './schemas/stream'
import { suspiciousCallSchema } from './schemas/suspicious-call'

export {
  activityPageSchema,
  activitySchema,
  apiKeyAnswerSchema,
  apiKeyPageSchema,
  apiKeyRequestSchema,
  apiKeySchema,
  appAnswerSchema,
  appPageSchema,
  appPatchSchema,
  appRequestSchema,
  appSchema,
  bareEventSchema,
  browserBatchSchema,
  contextSchema,
  eventSchema,
  identifierSchema,
  ingestAnswerSchema,
  problemSchema,
  profileAnswerSchema,
  profileRequestSchema,
  serverBatchSchema,
  serverEventSchema,
  streamMessageSchema,
  suspiciousCallPageSchema,
  suspiciousCallSchema,
  userPageSchema,
  userPatchSchema,
  userSchema,
}

/**
 * Every schema, for a validator that resolves their references to each other.
 *
 * @example
 * const ajv = new Ajv2020({ schemas: [...SCHEMAS] })
 * ajv.validate(eventSchema.$id, event)
 */
export const SCHEMAS = [
  contextSchema,
  identifierSchema,
  eventSchema,
  serverEventSchema,
  bareEventSchema,
  browserBatchSchema,
  serverBatchSchema,
  ingestAnswerSchema,
  profileRequestSchema,
  profileAnswerSchema,
  userSchema,
  userPatchSchema,
  userPageSchema,
  activitySchema,
  activityPageSchema,
  problemSchema,
  streamMessageSchema,
  appSchema,
  appPageSchema,
  appRequestSchema,
  appAnswerSchema,
  appPatchSchema,
  apiKeySchema,
  apiKeyPageSchema,
  apiKeyRequestSchema,
  apiKeyAnswerSchema,
  suspiciousCallSchema,
  suspiciousCallPageSchema,
] as const
