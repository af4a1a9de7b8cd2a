import type { ClientOptions } from '@arunika/core'

/** What {@link Arunika} is made from. */
export interface ArunikaOptions extends ClientOptions {
  /** The app's secret key, `sk_live_…` or `sk_test_…`. It signs every request and is in no message or error. */
  apiKey: string
  /**
   * Called instead of the global `fetch`: a proxy, a custom agent, a test. It gets the request with the secret key.
   * @defaultValue the global `fetch`
   */
  fetch?: typeof globalThis.fetch | undefined
}
