import type { VerificationErrorCode } from './errors/error-codes'
import { WebhookVerificationError } from './errors/webhook-verification-error'

/**
 * Refuses a request.
 *
 * @throws WebhookVerificationError always
 */
export function refuse(code: VerificationErrorCode, detail: string): never {
  throw new WebhookVerificationError(code, detail)
}
