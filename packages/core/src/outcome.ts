import { isObject, verdictOf } from '@arunika/protocol'
import { DeliveryError } from './errors/delivery-error'
import type { Reply } from './http'

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
  if (reply.status === null) {
    const error = new DeliveryError('network_failed', 'The server could not be reached', {
      cause: reply.cause,
    })
    return { verdict: 'retry', retryAfterMs: null, error }
  }
  const { status, body, isHtml, retryAfterMs } = reply
  const malformed = (message: string): Outcome => {
    const error = new DeliveryError('answer_malformed', message, { status })
    return { verdict: 'retry', retryAfterMs, error }
  }
  if (status < 400 && !(status >= 200 && status < 300)) {
    return malformed('The endpoint redirects, which is not followed: give the address that it redirects to')
  }
  const verdict = verdictOf(status)
  if (verdict === 'answered') {
    const refusals = readAnswer(body)
    if (refusals !== null) return { verdict, refusals }
    return malformed(
      `Status ${status} came with a body that no Arunika server sends; is a proxy answering for it?`,
    )
  }
  // Whoever wrote this page has not seen the events, and must not cost a single one.
  if (verdict === 'refused' && isHtml) {
    return malformed(
      `Status ${status} came with an HTML page, which no Arunika server sends: is the endpoint right, or does a proxy or a firewall stand before it?`,
    )
  }
  const { code, detail } = problemOf(body, status)
  if (verdict === 'retry') {
    const error = new DeliveryError('server_failed', `The server answered ${status}: ${detail}`, { status })
    return { verdict, retryAfterMs, error }
  }
  return { verdict, code, detail }
}

function problemOf(body: unknown, status: number): { code: string; detail: string } {
  const { code, detail } = isObject(body) ? body : {}
  return {
    code: typeof code === 'string' ? code.slice(0, MAX_DETAIL_LENGTH) : `http_${status}`,
    detail: typeof detail === 'string' ? detail.slice(0, MAX_DETAIL_LENGTH) : `status ${status}`,
  }
}
