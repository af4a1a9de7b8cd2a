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

/** The defaults that are the platform's: how much may wait there. */
export type PlatformDefaults = Pick<ResolvedClientOptions, 'maxWaitingEvents' | 'maxWaitingBytes'>

/**
 * Fills the defaults in; the given object stays as it is.
 *
 * @throws OptionsError where an option is wrong; the message says what to pass and never holds the value.
 * @example
 * resolveClientOptions(options, { maxWaitingEvents: 10_000, maxWaitingBytes: 8_388_608 }).flushAt // 10
 */
export function resolveClientOptions(
  options: ClientOptions,
  defaults: PlatformDefaults,
): ResolvedClientOptions {
  checkObject('options', options)
  const { appId } = options
  if (!isAppId(appId)) throw new OptionsError('appId', `must be ${APP_ID_FORM}`)
  const { maxWaitingEvents, maxWaitingBytes } = defaults
  return {
    appId,
    endpoint: checkEndpoint('endpoint', options.endpoint),
    flushIntervalMs: checkInteger('flushIntervalMs', options.flushIntervalMs ?? 5_000, 0, MAX_TIMER_MS),
    flushAt: checkInteger('flushAt', options.flushAt ?? 10, 1),
    maxWaitingEvents: checkInteger('maxWaitingEvents', options.maxWaitingEvents ?? maxWaitingEvents, 1),
    maxWaitingBytes: checkInteger('maxWaitingBytes', options.maxWaitingBytes ?? maxWaitingBytes, 1),
    requestTimeoutMs: checkInteger('requestTimeoutMs', options.requestTimeoutMs ?? 10_000, 1, MAX_TIMER_MS),
  }
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
