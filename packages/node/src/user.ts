import { checkOptionalText, OptionsError } from '@arunika/core'
import { isObject, type Identifier } from '@arunika/protocol'

/** Who an event is about: the app's own id of the person, or whatever else is known of them. */
export type User = string | { [Field in keyof Identifier]: Identifier[Field] | undefined }

/** The identifier of a user. @throws OptionsError where it is neither text nor an object of texts. */
export function identifierOf(user: User): Identifier {
  if (typeof user === 'string') return { userId: user }
  if (!isObject(user)) {
    throw new OptionsError(
      'user',
      'must be a userId, or an object with a profileId, userId, email or sessionId',
    )
  }
  const identifier: Identifier = {}
  for (const field of ['profileId', 'userId', 'email', 'sessionId'] as const) {
    const value = checkOptionalText(`user.${field}`, user[field])
    if (value !== undefined) identifier[field] = value
  }
  return identifier
}
