import type { ClientOptions } from '@arunika/core'

/** What {@link Arunika} is made from. */
export interface ArunikaOptions extends ClientOptions {
  /** The app's secret key, `sk_live_…` or `sk_test_…`. It signs every request and is in no message or error. */
  apiKey: string
  /**
   * Requests that may be under way at once. The first takes what waits; a further one leaves only when a full batch has gathered
   * meanwhile.
   * @defaultValue 4
   */
  maxRequests?: number | undefined
  /**
   * Whether a body of 4 KiB or more is compressed.
   * @defaultValue true
   */
  gzip?: boolean | undefined
  /**
   * Called instead of Node's own client: for a proxy, a custom agent, or in a test. It gets the request with the secret key.
   * @defaultValue Node's `http` and `https` with their global agents
   */
  fetch?: typeof globalThis.fetch | undefined
  /**
   * Keeps events in a folder until the server has them, so that they outlive the process: by its path, or with settings. Several
   * processes may share it.
   * @defaultValue events wait in memory alone
   */
  spool?: string | SpoolOptions | undefined
}

/** Where events wait on disk, and how sure that is. */
export interface SpoolOptions {
  /** The folder; it is made where there is none. */
  folder: string
  /**
   * Whether each tick that took events waits until the disk has them, so that they are safe from a loss of power too: some
   * milliseconds, in which the process does nothing else.
   * @defaultValue false
   */
  fsync?: boolean | undefined
}
