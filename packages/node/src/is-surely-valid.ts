import { LIMITS, type Identifier } from '@arunika/protocol'
import type { ServerEventInput } from './encode-event'

/** A text of so many units has less bytes than the data of an event may have: at most three a unit. */
const SURE_LENGTH = LIMITS.maxEventDataBytes / 3

const SURE_TYPE = /^[ -~]{1,128}$/
const SURE_NAME = /^[ -~]{1,256}$/
const SURE_EMAIL = /^[!-?A-~]{1,127}@[!-?A-~]{1,126}$/

/**
 * True of most events that the server will take, and of no other: a look at the whole event, value by value, costs ten times as
 * much as this.
 *
 * @param data - What `JSON.stringify` has made of the event's data.
 */
export function isSurelyValid(input: ServerEventInput, data = ''): boolean {
  const { eventType, description = '', identifier } = input
  return (
    data.length < SURE_LENGTH &&
    SURE_TYPE.test(eventType) &&
    description.length <= LIMITS.maxDescriptionLength &&
    (data === '' || data.startsWith('{')) &&
    isSureIdentifier(identifier) &&
    opened(data) <= LIMITS.maxDepth
  )
}

function isSureIdentifier({ userId, email, sessionId, profileId }: Identifier): boolean {
  return (
    (userId ?? email ?? sessionId ?? profileId) !== undefined &&
    isSure(SURE_NAME, userId) &&
    isSure(SURE_EMAIL, email) &&
    isSure(SURE_NAME, sessionId) &&
    isSure(SURE_NAME, profileId)
  )
}

function isSure(form: RegExp, value: string | undefined): boolean {
  return value === undefined || form.test(value)
}

/** The braces and brackets that open, also those in texts: no less than the depth. */
function opened(json: string): number {
  let count = 0
  for (const bracket of '{[') {
    for (let at = json.indexOf(bracket); at !== -1; at = json.indexOf(bracket, at + 1)) count++
  }
  return count
}
