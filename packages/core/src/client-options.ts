import { APP_ID_FORM, isAppId } from '@arunika/protocol'
import { checkEndpoint, checkInteger, checkObject, MAX_TIMER_MS } from './check-argument'
import { OptionsError } from './errors/options-error'

/** The options that every client takes, whatever its platform. */
export interface ClientOptions {
  /** The app's id, `app_…`. It is no secret. */
  appId: string
  /** The URL of the Arunika server, such as `https://events.example.com`. */
  endpoint: string
  /**
   * A batch leaves when the oldest event has waited this long, in milliseconds.
   * @defaultValue 5000
   */
  flushIntervalMs?: number | undefined
  /**
   * A batch leaves when this many events wait.
   * @defaultValue 10
   */
  flushAt?: number | undefined
  /**
   * The events that may wait; one more is dropped with the reason `outbox_full`.
   * @defaultValue 10000 in a browser, 100000 in Node
   */
  maxWaitingEvents?: number | undefined
  /**
   * The bytes of JSON that may wait; an event beyond them is dropped with the reason `outbox_full`.
   * @defaultValue 8388608 (8 MiB) in a browser, 67108864 (64 MiB) in Node
   */
  maxWaitingBytes?: number | undefined
  /**
   * How long one request may take, its answer included, in milliseconds; then it is tried again.
   * @defaultValue 10000
   */
  requestTimeoutMs?: number | undefined
}

/** The options of a client with their defaults. */
export type ResolvedClientOptions = { [Name in keyof ClientOptions]-?: NonNullable<ClientOptions[Name]> }

/** The defaults that are the platform's: how much may wait there, and of options that it alone has. */
export type PlatformDefaults = Pick<ResolvedClientOptions, 'maxWaitingEvents' | 'maxWaitingBytes'>

const SHARED_DEFAULTS = { flushIntervalMs: 5_000, flushAt: 10, requestTimeoutMs: 10_000 }

/** Numbers that may be zero. */
const MAY_BE_ZERO = ['flushIntervalMs', 'identifyTimeoutMs']

/**
 * Fills the defaults in; the given object stays as it is. A value must be of its default's type, and a number whole and in its
 * bounds.
 *
 * @throws OptionsError where an option is wrong; the message says what to pass and never holds the value.
 * @example
 * resolveClientOptions(options, { maxWaitingEvents: 10_000, maxWaitingBytes: 8_388_608 }).flushAt // 10
 */
export function resolveClientOptions<Defaults extends PlatformDefaults>(
  options: ClientOptions,
  defaults: Defaults,
): ResolvedClientOptions & Defaults {
  const given = checkObject('options', options)
  const { appId, endpoint } = given
  if (!isAppId(appId)) throw new OptionsError('appId', `must be ${APP_ID_FORM}`)
  const resolved: Record<string, unknown> = { appId, endpoint: checkEndpoint('endpoint', endpoint) }
  for (const [name, fallback] of Object.entries({ ...SHARED_DEFAULTS, ...defaults })) {
    const value = (resolved[name] = given[name] === undefined ? fallback : given[name])
    if (typeof fallback === 'number') {
      checkInteger(
        name,
        value,
        MAY_BE_ZERO.includes(name) ? 0 : 1,
        name.endsWith('Ms') ? MAX_TIMER_MS : undefined,
      )
    } else if (typeof value !== typeof fallback) {
      throw new OptionsError(name, `must be a ${typeof fallback}`)
    }
  }
  return resolved as ResolvedClientOptions & Defaults
}

/**
 * Looks for options that there are not, such as a misspelt one.
 *
 * @param resolved - Has a key for each option that there is.
 * @throws OptionsError which names those that there are.
 * @example
 * refuseUnknownOptions({ flushInterval: 5 }, { flushIntervalMs: 5_000 }) // throws
 */
export function refuseUnknownOptions(given: object, resolved: object): void {
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(resolved, name)) continue
    throw new OptionsError(name, `is not an option; the options are ${Object.keys(resolved).join(', ')}`)
  }
}
