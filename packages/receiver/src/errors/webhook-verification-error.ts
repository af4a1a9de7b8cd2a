import type { VerificationErrorCode } from './error-codes'
import { WebhookError } from './webhook-error'

/**
 * The request could not be shown to come from the provider. Nothing of it can be trusted.
 *
 * @example
 * if (error instanceof WebhookVerificationError && error.code === 'timestamp_too_old') checkTheClock()
 */
export class WebhookVerificationError extends WebhookError {
  override readonly name = 'WebhookVerificationError'
  readonly code: VerificationErrorCode

  constructor(code: VerificationErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
