import { LIMITS } from '../limits'

// Patterns are ECMA-262 with the flag u, as JSON Schema asks. Cc is the control characters, Cs the lone surrogates.

/** A UUID of version 7, in either case. */
export const uuidV7Field = {
  type: 'string',
  pattern: '^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-7[0-9A-Fa-f]{3}-[89ABab][0-9A-Fa-f]{3}-[0-9A-Fa-f]{12}$',
} as const

/** An RFC 3339 date-time. That the calendar has the day, no pattern can say. */
export const timestampField = {
  type: 'string',
  pattern:
    '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,9})?(Z|[+-]([01]\\d|2[0-3]):[0-5]\\d)$',
} as const

export const sentAtField = {
  ...timestampField,
  description: 'When the request was sent, by the sender’s clock. Without it, times are not corrected.',
} as const

/** An id, a name, a subscription tier. */
export const nameField = {
  type: 'string',
  minLength: 1,
  maxLength: LIMITS.maxIdentifierLength,
  pattern: '^[^\\p{Cc}\\p{Cs}]*$',
} as const

/** An email address, which the server trims and turns into lower case. */
export const emailField = {
  type: 'string',
  maxLength: LIMITS.maxEmailLength,
  pattern: '^\\s*[^\\s@\\p{Cc}\\p{Cs}]+@[^\\s@\\p{Cc}\\p{Cs}]+\\s*$',
} as const

/** The public id of an app. */
export const appIdField = { type: 'string', pattern: '^app_[0-9A-Za-z]{1,64}$' } as const

/** An object that JSON can hold. Its size in bytes and its depth, no schema can say. */
export const jsonObjectField = { type: 'object' } as const
