import type { ClientEvents, GivenEvent, Unsubscribe } from '@arunika/core'
import type { ActivityDetails, AnyEvents, ArunikaEvent, EventMap, Registration } from '@arunika/protocol'
import type { Identity } from './identity'
import type { IdentifyAnswer } from './pending-identities'

/**
 * Why an event was let go.
 *
 * - `outbox_full`: as many events or bytes wait as the options allow.
 * - `closed`: it came after the client was closed.
 * - `opted_out`: the person does not want it to be reported.
 * - `before_send`: the app's own `beforeSend` dropped it.
 */
export type DropReason = 'outbox_full' | 'closed' | 'opted_out' | 'before_send'

/**
 * What a client tells of, and what each listener gets. The tabs of an origin share an outbox: what became of an event is told in the
 * tab that sent it, and in the one that took it.
 */
export interface ArunikaEvents extends Omit<ClientEvents, 'dropped'> {
  /** The event was let go. */
  dropped: { event: ArunikaEvent | GivenEvent; reason: DropReason }
}

/**
 * Reports what a person does on a page. Every call returns at once and none throws: what goes wrong is told to the
 * listeners of `rejected`, `dropped` and `error`.
 *
 * @typeParam Events - The app's event types and the metadata of each; any type goes where left out.
 */
export interface Arunika<Events extends EventMap<Events> = AnyEvents> {
  /**
   * The session that an event would belong to now, a UUIDv7. Give it to the app's backend, so that what that reports joins
   * the same person. Reading it counts as activity. Empty where the person has opted out.
   *
   * @example
   * fetch('/checkout', { method: 'POST', headers: { 'x-arunika-session': arunika.sessionId } })
   */
  readonly sessionId: string

  /**
   * Reports that the page is seen (`page_view`), with its URL, title, referrer and `utm_` parameters.
   *
   * @param properties - Whatever else there is to say of it: at most 32 KiB of JSON.
   * @example
   * arunika.trackPageView({ layout: 'grid' })
   */
  trackPageView(properties?: object): void

  /**
   * Reports something that the person did.
   *
   * @param type - The event's type: 1 to 128 characters.
   * @param details - A description of at most 1,024 characters, then the metadata: at most 32 KiB of JSON.
   * @example
   * arunika.logActivity('added_to_cart', 'Put a lamp into the cart', { sku: 'lamp-3', price: 49 })
   */
  logActivity<Type extends keyof Events & string>(type: Type, ...details: ActivityDetails<Events[Type]>): void

  /**
   * Reports that the person has registered with the app (`user_registered`), and says who it is, as {@link Arunika.identify}
   * does.
   *
   * @example
   * arunika.registerUser({ userId: 'user-42', email: 'sari@example.com', name: 'Sari', subscriptionTier: 'pro' })
   */
  registerUser(registration: Registration): Promise<IdentifyAnswer>

  /**
   * Says who uses the page: what the session did before, and does from now on, is theirs. It is kept and sent as events are,
   * in order with them. Another person than the one whom the session had starts a new session.
   *
   * @returns Resolves with the person's `profileId` and `status` as the server has them; with `null` and `queued` where there
   * is no answer after `identifyTimeoutMs`, or where the identity was refused, which `rejected` tells. Never rejects.
   * @example
   * const { profileId } = await arunika.identify({ userId: 'user-42', email: 'sari@example.com' })
   */
  identify(identity: Identity): Promise<IdentifyAnswer>

  /**
   * Sends all that waits now. Resolves when the server has named every event taken before the call; rejects with a
   * `DeliveryError` when a try fails, while the events stay and are tried again. Nobody has to wait for it.
   *
   * @example
   * await arunika.flush()
   */
  flush(): Promise<void>

  /**
   * Starts a new, anonymous session: call it when the person signs out.
   *
   * @example
   * arunika.reset()
   */
  reset(): void

  /**
   * Reports nothing from now on, on this device and in all its tabs: what waits is let go (`dropped` tells of it), the session is
   * forgotten, and later calls do nothing until {@link Arunika.optIn}. It is remembered.
   *
   * @example
   * arunika.optOut()
   */
  optOut(): void

  /**
   * Reports again, in a new session. It is remembered.
   *
   * @example
   * arunika.optIn()
   */
  optIn(): void

  /**
   * Takes no new events, stops timers and listeners, and resolves when the events taken so far are kept on this device. They
   * are sent by the next client of the same app.
   *
   * @example
   * await arunika.close()
   */
  close(): Promise<void>

  /**
   * Calls a listener from now on. What it throws is reported by `error`.
   *
   * @returns A function that removes it again.
   * @example
   * arunika.on('rejected', ({ event, code, detail }) => console.warn(event.eventType, code, detail))
   */
  on<Name extends keyof ArunikaEvents>(
    name: Name,
    listener: (value: ArunikaEvents[Name]) => void,
  ): Unsubscribe
}
