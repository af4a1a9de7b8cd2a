/**
 * Every code with which a delivery is refused, and its HTTP status. A code is stable: programs may compare it. The
 * package's README says what each means and what to do.
 *
 * @example
 * WEBHOOK_ERROR_CODES.signature_mismatch // 401
 */
export const WEBHOOK_ERROR_CODES = {
  missing_header: 401,
  duplicate_header: 400,
  malformed_header: 400,
  malformed_body: 400,
  too_many_signatures: 400,
  timestamp_too_old: 401,
  timestamp_too_new: 401,
  signature_mismatch: 401,
  // The host is set up wrongly, so the sender must keep the delivery and try again: hence no 4xx.
  missing_url: 500,
  body_parsed: 500,
  body_too_large: 413,
  body_incomplete: 400,
  unreadable_request: 400,
  malformed_payload: 400,
  schema_mismatch: 422,
  id_reused: 409,
  delivery_in_progress: 409,
  method_not_allowed: 405,
} as const satisfies Record<string, number>

/** The code of a delivery that was refused. */
export type WebhookErrorCode = keyof typeof WEBHOOK_ERROR_CODES

/** The codes that only an answer has: nothing throws them. */
type AnswerCode = 'delivery_in_progress' | 'method_not_allowed'

/** The codes of what was signed, and is refused all the same: each has an error of its own. */
type SignedCode = 'malformed_payload' | 'schema_mismatch' | 'id_reused'

/** The code of a {@link WebhookVerificationError}. */
export type VerificationErrorCode = Exclude<WebhookErrorCode, SignedCode | AnswerCode>
