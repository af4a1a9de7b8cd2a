import { incomingFrom, type NodeRequest } from './adapters/node-request'
import { writeNodeAnswer, type NodeResponse } from './adapters/node-response'
import { checkReceiver, type WebhookEndpoint } from './incoming-webhook'

/** What the adapter needs of an Express request; that of Express 4 and of Express 5 both have it. */
export type ExpressRequest = NodeRequest

/** A handler for `app.post`, `app.all` and `app.use`. */
export type ExpressReceiver = (
  request: ExpressRequest,
  response: NodeResponse,
  next: (error?: unknown) => void,
) => void

/**
 * A receiver as an Express handler, for Express 4 and 5. Register it before any body parser, since a signature covers
 * the exact bytes; behind one it answers 500 `body_parsed` with what to do.
 *
 * Bytes that a parser kept are taken too: those of `express.raw()`, and `request.rawBody`. By `app.all`, a provider's
 * GET handshake is answered as well.
 *
 * @throws TypeError where it is given no receiver.
 * @example
 * app.post('/webhooks/arunika', expressReceiver(receiver))
 */
export function expressReceiver(receiver: WebhookEndpoint): ExpressReceiver {
  checkReceiver('expressReceiver', receiver)
  return (request, response, next) => {
    receiver
      .handle(incomingFrom(request))
      .then((answer) => writeNodeAnswer(request, response, answer))
      .catch(next)
  }
}
