import { isObject, type JsonObject } from './json'
import { jsonSize } from './json-size'
import { LIMITS } from './limits'
import { failed, type Checked } from './validation'

/** Whether a value is a JSON object within the bounds. */
export function checkObject(
  value: unknown,
  field: string,
  maxBytes: number,
): Checked<JsonObject, 'too-large' | 'malformed'> {
  if (!isObject(value)) return failed('malformed', `${field} must be a JSON object`)
  const size = jsonSize(value, { maxBytes, maxDepth: LIMITS.maxDepth })
  if (size.ok) return { ok: true, value: value as JsonObject }
  const where = size.path.slice(0, 128) || '/'
  switch (size.reason) {
    case 'too-large':
      return failed('too-large', `${field} takes more than ${maxBytes} bytes encoded`)
    case 'too-deep':
      return failed('malformed', `${field} is nested deeper than ${LIMITS.maxDepth} levels, at ${where}`)
    case 'not-json':
      return failed('malformed', `${field} holds what JSON cannot, at ${where}`)
  }
}
