import { USER_STATUSES } from '../profile'
import { DIALECT } from './dialect'
import {
  appIdField,
  emailField,
  jsonObjectField,
  nameField,
  sentAtField,
  timestampField,
  uuidV7Field,
} from './fields'

const statusField = { enum: USER_STATUSES } as const
const nullableText = { type: ['string', 'null'] } as const
const nullableTimestamp = { anyOf: [timestampField, { type: 'null' }] } as const

/** The schema of {@link ProfileRequest}. */
export const profileRequestSchema = {
  $schema: DIALECT,
  $id: 'urn:arunika:schema:profile-request',
  title: 'ProfileRequest',
  description: 'A browser’s session says who it is, by an email, a userId, or both.',
  type: 'object',
  properties: {
    appId: appIdField,
    sessionId: nameField,
    sentAt: sentAtField,
    eventId: uuidV7Field,
    timestamp: timestampField,
    email: emailField,
    userId: nameField,
    name: nameField,
    traits: jsonObjectField,
  },
  required: ['appId', 'sessionId'],
  anyOf: [{ required: ['email'] }, { required: ['userId'] }],
} as const

/** The schema of {@link ProfileAnswer}. */
export const profileAnswerSchema = {
  $schema: DIALECT,
  $id: 'urn:arunika:schema:profile-answer',
  title: 'ProfileAnswer',
  type: 'object',
  properties: { profileId: { type: 'string', minLength: 1 }, status: statusField },
  required: ['profileId', 'status'],
} as const

/** The schema of {@link User}. */
export const userSchema = {
  $schema: DIALECT,
  $id: 'urn:arunika:schema:user',
  title: 'User',
  description: 'A person; null where unknown.',
  type: 'object',
  properties: {
    profileId: { type: 'string', minLength: 1 },
    userId: nullableText,
    email: nullableText,
    name: nullableText,
    subscriptionTier: nullableText,
    traits: jsonObjectField,
    status: statusField,
    registeredAt: nullableTimestamp,
    lastActiveAt: nullableTimestamp,
  },
  required: [
    'profileId',
    'userId',
    'email',
    'name',
    'subscriptionTier',
    'traits',
    'status',
    'registeredAt',
    'lastActiveAt',
  ],
} as const

/** The schema of the body of `PATCH /api/users/{profileId}`. */
export const userPatchSchema = {
  $schema: DIALECT,
  $id: 'urn:arunika:schema:user-patch',
  title: 'UserPatch',
  type: 'object',
  properties: { status: statusField },
  required: ['status'],
} as const
