import type { ErrorCode } from './error-codes'
import { isObject, own, type JsonObject } from './json'
import { APP_ID_FORM, isAppId } from './keys'
import { LIMITS } from './limits'
import { parseTimestamp } from './time'
import { isUuidV7 } from './uuid'
import { formOf, isName, normalizeEmail } from './validate-identifier'
import { checkObject } from './validate-object'
import { failed, type Checked } from './validation'

/** A profile request in the form in which it is kept. */
export interface CheckedProfile {
  appId: string
  sessionId: string
  /** Milliseconds since the epoch, or `null` where the sender did not say. */
  sentAtMs: number | null
  timestampMs: number | null
  eventId?: string
  email?: string
  userId?: string
  name?: string
  traits?: JsonObject
}

/**
 * Whether a value is the body of `POST /api/profile`. Never throws.
 *
 * @example
 * validateProfile({ appId: 'app_1', sessionId: 's_1' }) // { ok: false, code: 'invalid_profile', detail: 'give an email or a userId' }
 */
export function validateProfile(body: unknown): Checked<CheckedProfile, ErrorCode> {
  if (!isObject(body)) return failed('not_an_object', 'the body must be a JSON object')
  const wrong = (field: string, form: string) => failed('invalid_profile', `${field} must be ${form}`)

  const appId = own(body, 'appId')
  if (!isAppId(appId)) return wrong('appId', APP_ID_FORM)
  const sessionId = own(body, 'sessionId')
  if (!isName(sessionId)) return wrong('sessionId', formOf('sessionId'))
  const profile: CheckedProfile = { appId, sessionId, sentAtMs: null, timestampMs: null }

  for (const [field, kept] of [
    ['sentAt', 'sentAtMs'],
    ['timestamp', 'timestampMs'],
  ] as const) {
    const given = own(body, field)
    if (given === undefined) continue
    profile[kept] = parseTimestamp(given)
    if (profile[kept] === null) return wrong(field, 'an ISO-8601 date-time with a time zone')
  }

  const eventId = own(body, 'eventId')
  if (eventId !== undefined) {
    if (!isUuidV7(eventId)) return wrong('eventId', 'a UUID of version 7')
    profile.eventId = eventId.toLowerCase()
  }
  const email = own(body, 'email')
  if (email !== undefined) {
    const normalized = normalizeEmail(email)
    if (normalized === null) return wrong('email', formOf('email'))
    profile.email = normalized
  }
  for (const field of ['userId', 'name'] as const) {
    const given = own(body, field)
    if (given === undefined) continue
    if (!isName(given)) return wrong(field, formOf(field))
    profile[field] = given
  }
  if (profile.email === undefined && profile.userId === undefined) {
    return failed('invalid_profile', 'give an email or a userId')
  }

  const traits = own(body, 'traits')
  if (traits !== undefined) {
    const checked = checkObject(traits, 'traits', LIMITS.maxTraitsBytes)
    if (!checked.ok) return failed('invalid_profile', checked.detail)
    profile.traits = checked.value
  }
  return { ok: true, value: profile }
}
