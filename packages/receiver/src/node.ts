import { handlingFailed } from './answer'
import { incomingFrom, type NodeRequest } from './adapters/node-request'
import { writeNodeAnswer, type NodeResponse } from './adapters/node-response'
import { checkReceiver, type WebhookEndpoint } from './incoming-webhook'

/** A listener for the requests of Node's own server, and of whatever is built on it. */
export type NodeReceiver = (request: NodeRequest, response: NodeResponse) => void

/**
 * A receiver as a listener of `node:http` and `node:https`. It takes every path: look at
 * `request.url` before, where the server has others.
 *
 * @throws TypeError where it is given no receiver.
 * @example
 * createServer(nodeReceiver(receiver)).listen(3000)
 */
export function nodeReceiver(receiver: WebhookEndpoint): NodeReceiver {
  checkReceiver('nodeReceiver', receiver)
  return (request, response) => {
    // Nobody waits for it, and what is rejected unseen ends the process.
    respond(receiver, request, response).catch((error: unknown) => {
      console.error('A webhook was not answered:', error)
    })
  }
}

async function respond(
  receiver: WebhookEndpoint,
  request: NodeRequest,
  response: NodeResponse,
): Promise<void> {
  try {
    writeNodeAnswer(request, response, await receiver.handle(incomingFrom(request)))
  } catch (error) {
    writeNodeAnswer(request, response, handlingFailed())
    throw error
  }
}
