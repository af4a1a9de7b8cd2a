import { WEBHOOK_ERROR_CODES, type WebhookErrorCode } from './error-codes'

/**
 * What every error about a delivery has in common. No message holds a secret, an expected signature or a header's value.
 *
 * @example
 * if (error instanceof WebhookError) response.status(error.status).end(error.code)
 */
export abstract class WebhookError extends Error {
  /** Stable: compare this, not the message. */
  abstract readonly code: WebhookErrorCode

  /** The HTTP status to answer with. */
  get status(): number {
    return WEBHOOK_ERROR_CODES[this.code]
  }
}
