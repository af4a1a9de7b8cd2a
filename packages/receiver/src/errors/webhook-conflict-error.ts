import { WebhookError } from './webhook-error'

/**
 * The provider signed a second event with the id of another, which is being handled or has been. It was not handled.
 *
 * @example
 * if (error instanceof WebhookConflictError) alert(`two events are called ${error.id}`)
 */
export class WebhookConflictError extends WebhookError {
  override readonly name = 'WebhookConflictError'
  readonly code = 'id_reused'
  /** The event's id. */
  readonly id: string

  constructor(id: string) {
    super('An event with this id and another body came before. Is the id that of the event?')
    this.id = id
  }
}
