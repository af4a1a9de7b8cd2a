import type { EventErrorCode } from './error-codes'
import type { Identifier } from './event'
import { isObject, own } from './json'
import { LIMITS } from './limits'
import { characterCount, isPlainText } from './text'
import { failed, type Checked } from './validation'

const FIELDS = ['profileId', 'userId', 'email', 'sessionId'] as const

/**
 * Whether a value names a person, and the identifier with its email in the form in which emails are compared. Never throws.
 *
 * @example
 * validateIdentifier({ email: 'Ada@Example.com' }) // { ok: true, value: { email: 'ada@example.com' } }
 */
export function validateIdentifier(value: unknown): Checked<Identifier, EventErrorCode> {
  if (value === undefined)
    return failed('missing_identifier', 'identifier is missing; give a profileId, userId, email or sessionId')
  if (!isObject(value)) return failed('invalid_identifier', 'identifier must be an object')
  const identifier: Identifier = {}
  for (const field of FIELDS) {
    const given = own(value, field)
    if (given === undefined) continue
    const kept = field === 'email' ? normalizeEmail(given) : isName(given) ? given : null
    if (kept === null) return failed('invalid_identifier', `identifier.${field} must be ${formOf(field)}`)
    identifier[field] = kept
  }
  if (Object.keys(identifier).length === 0) {
    return failed('missing_identifier', 'identifier must hold a profileId, userId, email or sessionId')
  }
  return { ok: true, value: identifier }
}

/** What a field of an identifier must be, for messages. */
export function formOf(field: string): string {
  return field === 'email'
    ? `an email address of at most ${LIMITS.maxEmailLength} characters`
    : `text of 1 to ${LIMITS.maxIdentifierLength} characters without control characters`
}

/**
 * True of text of 1 to 256 characters without control characters: an id, a name, a subscription tier.
 *
 * @example
 * isName('') // false
 */
export function isName(value: unknown): value is string {
  return (
    typeof value === 'string' && value !== '' && fits(value, LIMITS.maxIdentifierLength) && isPlainText(value)
  )
}

/**
 * The form in which emails are compared: trimmed and in lower case. `null` where the value is no email address; only its
 * shape is looked at (something, one `@`, something, no spaces), since mail alone shows whether an address exists.
 * Never throws.
 *
 * @example
 * normalizeEmail(' Ada@Example.com ') // 'ada@example.com'
 */
export function normalizeEmail(value: unknown): string | null {
  if (typeof value !== 'string' || !fits(value, LIMITS.maxEmailLength)) return null
  const email = value.trim().toLowerCase()
  // Again, since some letters become two in lower case: what is kept must pass here too.
  if (!fits(email, LIMITS.maxEmailLength) || !isPlainText(email)) return null
  return /^[^\s@]+@[^\s@]+$/.test(email) ? email : null
}

function fits(text: string, maxLength: number): boolean {
  return characterCount(text, maxLength) <= maxLength
}
