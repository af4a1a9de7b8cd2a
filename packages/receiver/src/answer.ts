import { WEBHOOK_ERROR_CODES, type WebhookErrorCode } from './errors/error-codes'
import type { WebhookError } from './errors/webhook-error'
import { WebhookSchemaError } from './errors/webhook-schema-error'

/** What to answer a delivery with, for an adapter to write. */
export interface Answer {
  status: number
  /** Names in lower case. */
  headers: Record<string, string>
  body: string
}

/** The titles of the problem documents; apart from the codes, so that `verify` alone comes without them. */
const TITLES: Record<WebhookErrorCode, string> = {
  missing_header: 'A header is missing',
  duplicate_header: 'A header came more than once',
  malformed_header: 'A header is malformed',
  malformed_body: 'The body is malformed',
  too_many_signatures: 'Too many signatures',
  timestamp_too_old: 'The signature is too old',
  timestamp_too_new: 'The signature is from the future',
  signature_mismatch: 'The signature does not match',
  missing_url: 'The URL is not known',
  body_parsed: 'The body was parsed too early',
  body_too_large: 'The body is too large',
  body_incomplete: 'The body did not arrive whole',
  unreadable_request: 'The request cannot be read',
  malformed_payload: 'The payload is malformed',
  schema_mismatch: 'The data is not of the schema',
  id_reused: 'Two events have this id',
  delivery_in_progress: 'This delivery is being handled',
  method_not_allowed: 'Method not allowed',
}

/** When a sender should try again while the first delivery is being handled, in seconds. */
const RETRY_AFTER_SECONDS = 5

export function received(id: string): Answer {
  return json(200, { received: true, id })
}

/** Received, and not handled yet. */
export function accepted(id: string): Answer {
  return json(202, { received: true, id })
}

/** What the handler threw stays with the host: the sender needs to know only that it should try again. */
export function handlingFailed(): Answer {
  return json(500, { error: 'The webhook was not handled.', retry: true })
}

export function inProgress(): Answer {
  const answer = problem(
    'delivery_in_progress',
    'The same event is being handled now; a later try finds it done.',
  )
  answer.headers['retry-after'] = String(RETRY_AFTER_SECONDS)
  return answer
}

export function methodNotAllowed(allowed: readonly string[]): Answer {
  const answer = problem('method_not_allowed', `Send webhooks by ${allowed.join(' or ')}.`)
  answer.headers['allow'] = allowed.join(', ')
  return answer
}

export function refused(error: WebhookError): Answer {
  const issues = error instanceof WebhookSchemaError ? { issues: error.issues } : {}
  return problem(error.code, error.message, issues)
}

/** RFC 9457, with the stable code. */
function problem(code: WebhookErrorCode, detail: string, more: object = {}): Answer {
  const status = WEBHOOK_ERROR_CODES[code]
  const document = { type: `urn:arunika:problem:${code}`, title: TITLES[code], status, detail, code, ...more }
  return json(status, document, 'application/problem+json')
}

function json(status: number, body: object, contentType = 'application/json'): Answer {
  return { status, headers: { 'content-type': contentType }, body: JSON.stringify(body) }
}
