import { checkOptionalObject, checkOptionalText, checkRegistration, checkText } from '@arunika/core'
import { RESERVED_TYPES, type Registration } from '@arunika/protocol'
import type { ServerEventInput } from './encode-event'
import { checkIdentification, type Identification } from './identification'
import { identifierOf, type User } from './user'

// What each call says of an event. All throw an OptionsError where an argument is of the wrong type.

export function activityOf(
  user: User,
  type: string,
  description: string | undefined,
  metadata: object | undefined,
): ServerEventInput {
  return {
    eventType: checkText('type', type),
    description: checkOptionalText('description', description),
    eventData: checkOptionalObject('metadata', metadata),
    identifier: identifierOf(user),
  }
}

/** @param user - What is known of the person beside, such as a browser's session. */
export function registrationOf(registration: Registration, user: User): ServerEventInput {
  const { userId, ...eventData } = checkRegistration(registration)
  const identifier = { ...identifierOf(user), userId, email: eventData.email }
  return { eventType: RESERVED_TYPES.userRegistered, eventData, identifier }
}

export function identificationOf(user: User, identification: Identification): ServerEventInput {
  const eventData = checkIdentification(identification)
  const { email } = eventData
  const identifier = { ...(email !== undefined && { email }), ...identifierOf(user) }
  return { eventType: RESERVED_TYPES.userIdentified, eventData, identifier }
}
