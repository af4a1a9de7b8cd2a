import type { ClientOptions, GivenEvent } from '@arunika/core'

/** What {@link init} is given. */
export interface ArunikaOptions extends ClientOptions {
  /**
   * How long `identify` and `registerUser` wait for the server's answer, in milliseconds; then they resolve with the status
   * `queued`.
   * @defaultValue 10000
   */
  identifyTimeoutMs?: number | undefined
  /**
   * Reports a page view now and whenever the page's own code moves to another URL. Leave it off where a router's integration does so.
   * @defaultValue false
   */
  autoPageViews?: boolean | undefined
  /**
   * Decides what is kept of the page's URL and of the referrer, in place of the list of secret parameters that are masked.
   *
   * @example
   * sanitizeUrl: (url) => url.split('?')[0]
   */
  sanitizeUrl?: ((url: string) => string) | undefined
  /**
   * Looks at each event before it is taken: gives it back, changed or not, or `null` to drop it. Where it throws, the event is
   * dropped. The id and the time of an event cannot be changed; identities are not shown to it.
   *
   * @example
   * beforeSend: (event) => (event.eventType.startsWith('debug_') ? null : event)
   */
  beforeSend?: ((event: GivenEvent) => GivenEvent | null) | undefined
  /**
   * Takes the browser's Global Privacy Control for an opt-out; what the person said by `optOut` or `optIn` outranks it.
   * @defaultValue false
   */
  respectPrivacySignal?: boolean | undefined
  /**
   * Keeps the session's id in a first-party cookie, `arunika_session`, so that the app's own backend knows the session without a
   * header.
   * @defaultValue false
   */
  sessionCookie?: boolean | undefined
}
