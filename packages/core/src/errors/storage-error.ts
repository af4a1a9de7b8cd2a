import { ArunikaError } from './arunika-error'

/**
 * The storage of the outbox failed, and from now on events wait in memory only; or some kept events cannot be read.
 *
 * @example
 * arunika.on('error', (error) => {
 *   if (error instanceof StorageError) metrics.increment('events_not_kept')
 * })
 */
export class StorageError extends ArunikaError {
  override readonly name = 'StorageError'

  constructor(message: string, options?: ErrorOptions) {
    super('storage_failed', message, options)
  }
}
