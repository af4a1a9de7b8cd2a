import { ArunikaError } from './arunika-error'

/**
 * A listener of the app threw; the other listeners were called all the same. What it threw is the `cause`.
 *
 * @example
 * arunika.on('error', (error) => {
 *   if (error instanceof ListenerError) console.error(error.cause)
 * })
 */
export class ListenerError extends ArunikaError {
  override readonly name = 'ListenerError'

  constructor(event: string, cause: unknown) {
    super('listener_failed', `A listener of '${event}' threw`, { cause })
  }
}
