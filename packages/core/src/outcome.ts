import { isObject, verdictOf } from '@arunika/protocol'
import { DeliveryError, type DeliveryErrorCode } from './errors/delivery-error'
import type { Reply } from './reply'

/** One item that the server will never take, and why. */
export interface Refusal {
  /** Its place in the request, from 0. */
  index: number
  code: string
  detail: string
}

/** What became of a request. */
export type Outcome =
  /** The server has every item but the refused ones, which it will never take. */
  | { verdict: 'answered'; refusals: Refusal[] }
  /** Nothing is known of the items: send them again. */
  | { verdict: 'retry'; retryAfterMs: number | null; error: DeliveryError }
  /** The request is too large: send it again in two halves. */
  | { verdict: 'split'; code: string; detail: string }
  /** The server will never take the request. */
  | { verdict: 'refused'; code: string; detail: string }

/** Enough of a stranger's text for a message. */
const MAX_DETAIL_LENGTH = 1_024

/**
 * What a reply means for the items of its request.
 *
 * @param readAnswer - The refusals in the body of a 2xx, or `null` where the body is not the answer to this request.
 * @example
 * outcomeOf(reply, (body) => (parseProfileAnswer(body) === null ? null : []))
 */
export function outcomeOf(reply: Reply, readAnswer: (body: unknown) => Refusal[] | null): Outcome {
  const { status, cause, body, isHtml, retryAfterMs = null } = reply
  const retry = (code: DeliveryErrorCode, message: string): Outcome => {
    return { verdict: 'retry', retryAfterMs, error: new DeliveryError(code, message, { status, cause }) }
  }
  if (status === null) return retry('network_failed', 'The server could not be reached')
  const verdict = verdictOf(status)
  if (verdict === 'answered') {
    const refusals = readAnswer(body)
    if (refusals !== null) return { verdict, refusals }
  }
  // A redirect is not followed; whoever wrote a page for people has not seen the events, and must not cost a single one.
  if (status < 400 || (verdict === 'refused' && isHtml)) {
    const what = isHtml ? 'an HTML page' : 'what no Arunika server sends'
    return retry(
      'answer_malformed',
      `Status ${status} came with ${what}: is the endpoint right, or a proxy before it?`,
    )
  }
  const problem = isObject(body) ? body : {}
  const code = textOf(problem['code'], `http_${status}`)
  const detail = textOf(problem['detail'], `status ${status}`)
  if (verdict === 'split' || verdict === 'refused') return { verdict, code, detail }
  return retry('server_failed', `The server answered ${status}: ${detail}`)
}

function textOf(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value.slice(0, MAX_DETAIL_LENGTH) : otherwise
}
