import { activitySchema } from './activity'
import { DIALECT } from './dialect'
import { userSchema } from './profile'

const seq = {
  type: 'integer',
  minimum: 0,
  description: 'Grows by app and is never given twice: pass the last one as since to resume.',
} as const
const required = ['seq', 'event', 'data'] as const

/** The schema of {@link StreamMessage}. */
export const streamMessageSchema = {
  $schema: DIALECT,
  $id: 'urn:arunika:schema:stream-message',
  title: 'StreamMessage',
  oneOf: [
    {
      type: 'object',
      properties: { seq, event: { const: 'user_created' }, data: { $ref: userSchema.$id } },
      required,
    },
    {
      type: 'object',
      properties: { seq, event: { const: 'user_updated' }, data: { $ref: userSchema.$id } },
      required,
    },
    {
      type: 'object',
      properties: { seq, event: { const: 'user_activity' }, data: { $ref: activitySchema.$id } },
      required,
    },
  ],
} as const
