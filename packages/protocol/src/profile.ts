import type { JsonObject } from './json'

/** Whether an operator has approved or suspended a person. */
export type UserStatus = 'pending' | 'active' | 'suspended'

/** The statuses that a user can have. */
export const USER_STATUSES: readonly UserStatus[] = ['pending', 'active', 'suspended']

/** The body of `POST /api/profile`: this session says who it is. `email` or `userId` is needed. */
export interface ProfileRequest {
  appId: string
  sessionId: string
  /** When this request was made, by the sender's clock. */
  sentAt?: string
  /** UUIDv7: the id of the `user_identified` event that this makes, so that a request sent twice makes one. */
  eventId?: string
  /** When the person identified, by the sender's clock; `sentAt` where left out. */
  timestamp?: string
  email?: string
  userId?: string
  name?: string
  /** At most 32 KiB encoded. */
  traits?: JsonObject
}

/** The answer to `POST /api/profile`. */
export interface ProfileAnswer {
  /** Arunika's own id of the person. */
  profileId: string
  /** What an operator has decided of them; `pending` until then. */
  status: UserStatus
}

/** A person as the reading routes give them; `null` where unknown. */
export interface User {
  profileId: string
  userId: string | null
  email: string | null
  name: string | null
  subscriptionTier: string | null
  traits: JsonObject
  status: UserStatus
  registeredAt: string | null
  lastActiveAt: string | null
}
