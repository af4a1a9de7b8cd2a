import {
  callListener,
  checkInteger,
  MAX_TIMER_MS,
  OptionsError,
  readFields,
  type ListenerError,
  type Unsubscribe,
} from '@arunika/core'
import type { ActivityDetails, AnyEvents, EventMap, Registration } from '@arunika/protocol'
import { activityOf, identificationOf, registrationOf } from './event-inputs'
import type { Identification } from './identification'
import type { ArunikaOptions } from './options'
import { Pipeline, type ArunikaEvents } from './pipeline'
import { resolveOptions } from './resolve-options'
import type { Stats } from './stats'
import type { User } from './user'
import { createUserClient, type UserClient } from './user-client'

const TOLD: (keyof ArunikaEvents)[] = ['delivered', 'rejected', 'dropped', 'error', 'drain']

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
   * @returns `false` where so much waits that the caller should wait for `drain`; the event is taken all the same, up to the bounds.
   * @throws OptionsError where a field is missing or of the wrong type.
   * @example
   * arunika.registerUser({ userId: 'user-42', email: 'sari@example.com', name: 'Sari', subscriptionTier: 'pro' })
   */
  registerUser(registration: Registration): boolean {
    return this.#pipeline.take(registrationOf(registration, {}))
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
  ): boolean {
    const [description, metadata] = details
    return this.#pipeline.take(activityOf(user, type, description, metadata))
  }

  /**
   * Reports what has become known of a person (`user_identified`). An email joins what was reported under it with what
   * was reported under the user.
   *
   * @throws OptionsError where an argument is of the wrong type.
   * @example
   * arunika.identify('user-42', { email: 'sari@example.com', traits: { newsletter: true } })
   */
  identify(user: User, identification: Identification): boolean {
    return this.#pipeline.take(identificationOf(user, identification))
  }

  /**
   * The calls about one person, without saying again who.
   *
   * @param user - Or a function that is asked at each call; what it throws is reported by `error`.
   * @param otherwise - Who it is where the function throws; nobody where left out.
   * @example
   * const sari = arunika.forUser('user-42')
   * sari.logActivity('login')
   */
  forUser(user: User | (() => User), otherwise: User = {}): UserClient<Events> {
    const ask = typeof user === 'function' ? user : () => user
    return createUserClient<Events>(
      (input) => this.#pipeline.take(input),
      () => {
        let answer = otherwise
        const report = (error: ListenerError) => this.#pipeline.emitter.emit('error', error)
        const call = () => {
          const asked: unknown = ask()
          if (asked instanceof Promise) {
            // Watched, so that one that rejects does not end the process.
            return asked.then(() => {
              throw new OptionsError('user', 'must be known at once: no promise')
            })
          }
          answer = asked as User
          return undefined
        }
        callListener('user', call, report)
        return answer
      },
    )
  }

  /**
   * How many events wait, and what became of the others since the client was made.
   *
   * @example
   * gauge.set(arunika.stats().waiting)
   */
  stats(): Stats {
    return this.#pipeline.stats()
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
