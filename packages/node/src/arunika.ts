import {
  checkInteger,
  checkOptionalObject,
  checkOptionalText,
  checkRegistration,
  checkText,
  MAX_TIMER_MS,
  OptionsError,
  readFields,
  type Unsubscribe,
} from '@arunika/core'
import {
  RESERVED_TYPES,
  type ActivityDetails,
  type AnyEvents,
  type EventMap,
  type Registration,
} from '@arunika/protocol'
import { checkIdentification, type Identification } from './identification'
import type { ArunikaOptions } from './options'
import { Pipeline, type ArunikaEvents } from './pipeline'
import { resolveOptions } from './resolve-options'
import { identifierOf, type User } from './user'

const TOLD: (keyof ArunikaEvents)[] = ['delivered', 'rejected', 'dropped', 'error']

/**
 * Reports what people do to an Arunika server: events are taken at once, kept in memory (or a spool), sent in signed batches, and
 * tried again until the server has named every one of them. Make one client for the process, and shut it down before
 * the process ends.
 *
 * @typeParam Events - The app's event types and the metadata of each; any type goes where left out.
 * @example
 * const arunika = new Arunika({ appId, apiKey, endpoint: 'https://events.example.com' })
 * arunika.logActivity('user-42', 'payment_processed', 'Paid an order', { orderId: 'A-7', amount: 19.9 })
 * await arunika.shutdown()
 */
export class Arunika<Events extends EventMap<Events> = AnyEvents> implements AsyncDisposable {
  readonly #pipeline: Pipeline
  #shutdown: Promise<void> | null = null

  /** @throws OptionsError where an option is wrong or unknown. */
  constructor(options: ArunikaOptions) {
    this.#pipeline = new Pipeline(resolveOptions(options))
  }

  /**
   * Reports that a person has registered with the app (`user_registered`).
   *
   * @throws OptionsError where a field is missing or of the wrong type.
   * @example
   * arunika.registerUser({ userId: 'user-42', email: 'sari@example.com', name: 'Sari', subscriptionTier: 'pro' })
   */
  registerUser(registration: Registration): void {
    const { userId, ...eventData } = checkRegistration(registration)
    const identifier = { userId, email: eventData.email }
    this.#pipeline.take({ eventType: RESERVED_TYPES.userRegistered, eventData, identifier })
  }

  /**
   * Reports something that a person did.
   *
   * @param user - The app's own id of the person, or an object with one or more of `profileId`, `userId`, `email` and
   * `sessionId` (the browser's, to join its anonymous events).
   * @param type - The event's type: 1 to 128 characters.
   * @param details - A description of at most 1,024 characters, then the metadata: at most 32 KiB of JSON.
   * @throws OptionsError where an argument is of the wrong type.
   * @example
   * arunika.logActivity({ email: 'sari@example.com' }, 'order_shipped', 'Left the warehouse', { orderId: 'A-7' })
   */
  logActivity<Type extends keyof Events & string>(
    user: User,
    type: Type,
    ...details: ActivityDetails<Events[Type]>
  ): void {
    const [description, metadata] = details
    this.#pipeline.take({
      eventType: checkText('type', type),
      description: checkOptionalText('description', description),
      eventData: checkOptionalObject('metadata', metadata),
      identifier: identifierOf(user),
    })
  }

  /**
   * Reports what has become known of a person (`user_identified`). An email joins what was reported under it with what
   * was reported under the user.
   *
   * @throws OptionsError where an argument is of the wrong type.
   * @example
   * arunika.identify('user-42', { email: 'sari@example.com', traits: { newsletter: true } })
   */
  identify(user: User, identification: Identification): void {
    const eventData = checkIdentification(identification)
    const { email } = eventData
    const identifier = { ...(email !== undefined && { email }), ...identifierOf(user) }
    this.#pipeline.take({ eventType: RESERVED_TYPES.userIdentified, eventData, identifier })
  }

  /**
   * Sends all that waits now. Resolves when the server has named every event taken before the call; rejects with a
   * `DeliveryError` when a try fails, while the events stay and are tried again. Nobody has to wait for it.
   *
   * @example
   * await arunika.flush() // before a serverless function answers
   */
  flush(): Promise<void> {
    return this.#pipeline.flush()
  }

  /**
   * Takes no new events, delivers what waits, and stops. What could not be delivered in time stays in the spool or, where there is
   * none, is told of by `dropped`, each event once. Keeps the process alive until it resolves; called again it resolves with the
   * first call.
   *
   * @param options - `timeoutMs`: how long it may take, in milliseconds; 10,000 where left out.
   * @throws OptionsError (the promise rejects) where `timeoutMs` is wrong; the client goes on.
   * @example
   * process.once('SIGTERM', () => void arunika.shutdown({ timeoutMs: 5_000 }).then(() => process.exit()))
   */
  async shutdown(options: { timeoutMs?: number | undefined } = {}): Promise<void> {
    const given = readFields('options', options, ['timeoutMs'])
    const timeoutMs = checkInteger('timeoutMs', given.timeoutMs ?? 10_000, 0, MAX_TIMER_MS)
    await (this.#shutdown ??= this.#pipeline.shutdown(timeoutMs))
  }

  /** Shuts the client down at the end of the block that says `await using arunika = new Arunika(…)`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.shutdown()
  }

  /**
   * Calls a listener from now on. What it throws is reported by `error`.
   *
   * @returns A function that removes it again.
   * @throws OptionsError where nothing is told by this name, or the listener is no function.
   * @example
   * arunika.on('dropped', ({ event, reason }) => logger.warn({ eventId: event.eventId, reason }, 'event lost'))
   */
  on<Name extends keyof ArunikaEvents>(
    name: Name,
    listener: (value: ArunikaEvents[Name]) => void,
  ): Unsubscribe {
    if (!TOLD.includes(name)) throw new OptionsError('name', `must be one of ${TOLD.join(', ')}`)
    if (typeof listener !== 'function') throw new OptionsError('listener', 'must be a function')
    return this.#pipeline.emitter.on(name, listener)
  }
}
