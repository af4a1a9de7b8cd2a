import { readNodeBody, type NodeBody } from './adapters/node-body'
import { writeNodeAnswer, type NodeResponse } from './adapters/node-response'
import type { WebhookEndpoint } from './incoming-webhook'

/** What the adapter needs of an Express request; that of Express 4 and of Express 5 both have it. */
export interface ExpressRequest extends NodeBody {
  readonly rawHeaders: readonly string[]
  readonly complete: boolean
}

/** A handler for `app.post`. */
export type ExpressReceiver = (
  request: ExpressRequest,
  response: NodeResponse,
  next: (error?: unknown) => void,
) => void

/**
 * A receiver as an Express handler, for Express 4 and 5. Register it before any body parser, since a signature covers
 * the exact bytes; behind one it answers 500 `body_parsed` with what to do.
 *
 * Bytes that a parser kept are taken too: those of `express.raw()`, and `request.rawBody`.
 *
 * @throws TypeError where it is given no receiver.
 * @example
 * app.post('/webhooks/arunika', expressReceiver(receiver))
 */
export function expressReceiver(receiver: WebhookEndpoint): ExpressReceiver {
  if (typeof (receiver as Partial<WebhookEndpoint> | null | undefined)?.handle !== 'function') {
    throw new TypeError('expressReceiver: give a receiver, such as createReceiver({ provider }).')
  }
  return (request, response, next) => {
    receiver
      .handle({ headers: request.rawHeaders, body: (maxBytes) => readNodeBody(request, maxBytes) })
      .then((answer) => writeNodeAnswer(request, response, answer))
      .catch(next)
  }
}
