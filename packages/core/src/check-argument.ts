import { isObject } from '@arunika/protocol'
import { OptionsError } from './errors/options-error'

// Each check gives back the value, or throws an OptionsError. No message holds the value: it may be a secret in the
// wrong place.

/** The longest time that a timer takes, in milliseconds; a longer one would fire at once. */
export const MAX_TIMER_MS = 2_147_483_647

/** Text, of any form. @throws OptionsError where it is none. */
export function checkText(name: string, value: unknown): string {
  if (typeof value !== 'string') throw new OptionsError(name, 'must be text')
  return value
}

/** Text, or left out. @throws OptionsError where it is neither. */
export function checkOptionalText(name: string, value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') return value
  throw new OptionsError(name, 'must be text, or left out')
}

/** An object that is not an array. @throws OptionsError where it is none. */
export function checkObject(name: string, value: unknown): Record<string, unknown> {
  if (!isObject(value)) throw new OptionsError(name, 'must be an object')
  return value
}

/** An object that is not an array, or left out. @throws OptionsError where it is neither. */
export function checkOptionalObject(name: string, value: unknown): object | undefined {
  if (value === undefined || isObject(value)) return value
  throw new OptionsError(name, 'must be an object, or left out')
}

/** A whole number within the bounds, both included. @throws OptionsError which names the bounds. */
export function checkInteger(
  name: string,
  value: unknown,
  min: number,
  max = Number.MAX_SAFE_INTEGER,
): number {
  if (Number.isInteger(value) && (value as number) >= min && (value as number) <= max) return value as number
  throw new OptionsError(name, `must be a whole number from ${min} to ${max}`)
}

/** The base URL of a server, without a slash at its end. @throws OptionsError where it holds more, or is none. */
export function checkEndpoint(name: string, value: unknown): string {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : null
  // They differ by what else a URL may have: a user, a query, a fragment.
  if (!url || url.href !== url.origin + url.pathname || !/^http/.test(url.href)) {
    throw new OptionsError(name, 'must be the URL of an Arunika server, such as https://events.example.com')
  }
  return url.href.replace(/\/+$/, '')
}

/**
 * The named fields of an object, and no others.
 *
 * @throws OptionsError where it is no object, and where reading it throws: a getter of the app's, or a proxy that was revoked.
 */
export function readFields<Key extends string>(
  name: string,
  value: unknown,
  keys: readonly Key[],
): Record<Key, unknown> {
  const object = checkObject(name, value)
  try {
    return Object.fromEntries(keys.map((key) => [key, object[key]])) as Record<Key, unknown>
  } catch {
    throw new OptionsError(name, 'must be readable: a field of it threw')
  }
}
