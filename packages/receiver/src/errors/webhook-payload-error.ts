import { WebhookError } from './webhook-error'

/**
 * The provider signed the body, but it is not of the provider's form: not JSON, or without an id or a type.
 *
 * @example
 * try { route(webhook.type) } catch (error) { if (error instanceof WebhookPayloadError) keepRaw(webhook.body) }
 */
export class WebhookPayloadError extends WebhookError {
  override readonly name = 'WebhookPayloadError'
  readonly code = 'malformed_payload'
}
