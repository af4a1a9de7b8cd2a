import { checkOptionalText, OptionsError, readFields } from '@arunika/core'
import { isObject, type Identifier } from '@arunika/protocol'

/** Who an event is about: the app's own id of the person, or whatever else is known of them. */
export type User = string | { [Field in keyof Identifier]: Identifier[Field] | undefined }

const FIELDS = ['profileId', 'userId', 'email', 'sessionId'] as const

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
  const fields = readFields('user', user, FIELDS)
  for (const field of FIELDS) {
    const value = checkOptionalText(`user.${field}`, fields[field])
    if (value !== undefined) identifier[field] = value
  }
  return identifier
}
