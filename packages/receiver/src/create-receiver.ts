import { handlingFailed, methodNotAllowed, refused, type Answer } from './answer'
import { attemptOf } from './attempt'
import { checkData } from './check-data'
import { checkFunction } from './check-options'
import { deliverer } from './delivery'
import { WebhookError } from './errors/webhook-error'
import { matcherOf } from './event-type-pattern'
import { handshakeOf } from './handshake'
import { bytesOf, type IncomingWebhook } from './incoming-webhook'
import type { AnyEvents, Handler, Receiver } from './receiver'
import { resolveReceiverOptions, type ReceiverOptions } from './receiver-options'
import type { EventSchemas, EventsOf } from './standard-schema'
import { verify } from './verify'
import { eventOf, type HandlerContext, type WebhookEvent } from './webhook-event'

/**
 * A receiver of webhooks: each is verified, handled once, and routed by its type. One that no handler takes is
 * acknowledged.
 *
 * @throws TypeError where an option is missing, wrong or unknown.
 * @example
 * const receiver = createReceiver({ provider: arunika({ secret }), schemas: { 'order.shipped': orderShipped } })
 *   .on('order.shipped', async (event) => { await notify(event.data.orderId) })
 * app.post('/webhooks/arunika', expressReceiver(receiver))
 */
export function createReceiver<const Schemas extends EventSchemas>(
  options: ReceiverOptions & { schemas: Schemas },
): Receiver<EventsOf<Schemas>>
/**
 * The same where `Events` tells the data of each type; what has no schema is not checked.
 *
 * @example
 * const receiver = createReceiver<{ 'order.shipped': { orderId: string } }>({ provider: arunika({ secret }) })
 */
export function createReceiver<Events extends object = AnyEvents>(
  options: ReceiverOptions<Events>,
): Receiver<Events>
export function createReceiver(options: ReceiverOptions): Receiver {
  const resolved = resolveReceiverOptions(options)
  const { provider, schemas, maxBodyBytes, onError, now } = resolved
  const routes: { matches: (type: string) => boolean; handler: Handler<WebhookEvent> }[] = []
  const methods = provider.handshake === undefined ? ['POST'] : ['POST', 'GET', 'HEAD']
  const deliver = deliverer(resolved, run)

  async function handle(request: IncomingWebhook): Promise<Answer> {
    try {
      return await answer(request)
    } catch (error) {
      onError(error)
      return answerTo(error)
    }
  }

  async function answer({ waitUntil, ...request }: IncomingWebhook): Promise<Answer> {
    const { method = 'POST' } = request
    if (!methods.includes(method)) return methodNotAllowed(methods)
    const body = await bytesOf(request.body, maxBodyBytes)
    // Nobody signs a GET or HEAD: the sender only asks whether somebody is there.
    if (method !== 'POST') return (await handshakeOf(provider, request)) ?? methodNotAllowed(methods)
    const webhook = await verify(provider, { ...request, body }, { now })
    const handshake = await handshakeOf(provider, request, webhook)
    if (handshake !== null) return handshake
    const event = await checkData(schemas, eventOf(webhook))
    const { strength, matchedSecret } = webhook
    const attempt = attemptOf(provider, request.headers)
    return deliver({ event, context: { attempt, strength, matchedSecret }, waitUntil })
  }

  async function run(event: WebhookEvent, context: HandlerContext): Promise<void> {
    for (const { matches, handler } of routes) {
      if (matches(event.type)) await handler(event, context)
    }
  }

  const receiver: Receiver = {
    handle,
    on(type, handler) {
      const matches = matcherOf(type)
      checkFunction('on: the handler', handler, 'that takes an event')
      routes.push({ matches, handler })
      return receiver
    },
    onAny(handler) {
      checkFunction('onAny: the handler', handler, 'that takes an event')
      routes.push({ matches: () => true, handler })
      return receiver
    },
  }
  return receiver
}

/** What was thrown may be anything, even what cannot be looked at. */
function answerTo(error: unknown): Answer {
  try {
    return error instanceof WebhookError ? refused(error) : handlingFailed()
  } catch {
    return handlingFailed()
  }
}
