import type { ClientOptions } from '@arunika/core'

/** What {@link init} is given. */
export interface ArunikaOptions extends ClientOptions {
  /**
   * How long `identify` and `registerUser` wait for the server's answer, in milliseconds; then they resolve with the status
   * `queued`.
   * @defaultValue 10000
   */
  identifyTimeoutMs?: number | undefined
}
