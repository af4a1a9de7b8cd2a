import { activitySchema } from './activity'
import { apiKeySchema } from './api-key'
import { appSchema } from './app'
import { DIALECT } from './dialect'
import { userSchema } from './profile'
import { suspiciousCallSchema } from './suspicious-call'

const cursor = {
  type: ['string', 'null'],
  description: 'Give it as cursor to get the next page; null on the last.',
} as const

/** The schema of {@link Page} of {@link User}. */
export const userPageSchema = {
  $schema: DIALECT,
  $id: 'urn:arunika:schema:user-page',
  title: 'UserPage',
  type: 'object',
  properties: { items: { type: 'array', items: { $ref: userSchema.$id } }, nextCursor: cursor },
  required: ['items', 'nextCursor'],
} as const

/** The schema of {@link Page} of {@link Activity}. */
export const activityPageSchema = {
  $schema: DIALECT,
  $id: 'urn:arunika:schema:activity-page',
  title: 'ActivityPage',
  type: 'object',
  properties: { items: { type: 'array', items: { $ref: activitySchema.$id } }, nextCursor: cursor },
  required: ['items', 'nextCursor'],
} as const

/** The schema of {@link Page} of {@link App}. */
export const appPageSchema = {
  $schema: DIALECT,
  $id: 'urn:arunika:schema:app-page',
  title: 'AppPage',
  type: 'object',
  properties: { items: { type: 'array', items: { $ref: appSchema.$id } }, nextCursor: cursor },
  required: ['items', 'nextCursor'],
} as const

/** The schema of {@link Page} of {@link ApiKey}. */
export const apiKeyPageSchema = {
  $schema: DIALECT,
  $id: 'urn:arunika:schema:api-key-page',
  title: 'ApiKeyPage',
  type: 'object',
  properties: { items: { type: 'array', items: { $ref: apiKeySchema.$id } }, nextCursor: cursor },
  required: ['items', 'nextCursor'],
} as const

/** The schema of {@link Page} of {@link SuspiciousCall}. */
export const suspiciousCallPageSchema = {
  $schema: DIALECT,
  $id: 'urn:arunika:schema:suspicious-call-page',
  title: 'SuspiciousCallPage',
  type: 'object',
  properties: { items: { type: 'array', items: { $ref: suspiciousCallSchema.$id } }, nextCursor: cursor },
  required: ['items', 'nextCursor'],
} as const
