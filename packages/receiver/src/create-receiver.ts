import { handlingFailed, inProgress, received, refused, type Answer } from './answer'
import { checkFunction } from './check-options'
import { WebhookError } from './errors/webhook-error'
import { matcherOf } from './event-type-pattern'
import type { DeliveryClaim } from './idempotency-store'
import { bytesOf, type IncomingWebhook } from './incoming-webhook'
import type { AnyEvents, Handler, Receiver } from './receiver'
import { resolveReceiverOptions, type ReceiverOptions } from './receiver-options'
import { verify } from './verify'
import { contextOf, eventOf, type HandlerContext, type WebhookEvent } from './webhook-event'

/**
 * A receiver of webhooks: each is verified, handled once, and routed by its type. One that no handler takes is
 * acknowledged.
 *
 * @throws TypeError where an option is missing, wrong or unknown.
 * @example
 * const receiver = createReceiver<{ 'order.shipped': { orderId: string } }>({ provider: arunika({ secret }) })
 *   .on('order.shipped', async (event) => { await notify(event.data.orderId) })
 * app.post('/webhooks/arunika', expressReceiver(receiver))
 */
export function createReceiver<Events extends object = AnyEvents>(
  options: ReceiverOptions,
): Receiver<Events> {
  const { provider, idempotency, maxBodyBytes, onError, now } = resolveReceiverOptions(options)
  const routes: { matches: (type: string) => boolean; handler: Handler<WebhookEvent> }[] = []

  async function handle(request: IncomingWebhook): Promise<Answer> {
    try {
      const body = await bytesOf(request.body, maxBodyBytes)
      const webhook = await verify(provider, { ...request, body }, { now })
      return await deliver(eventOf(webhook), contextOf(provider, webhook))
    } catch (error) {
      if (!(error instanceof WebhookError)) throw error
      onError(error)
      return refused(error.code, error.message)
    }
  }

  /** Never throws: what a handler throws is no refusal, whatever it is. */
  async function deliver(event: WebhookEvent, context: HandlerContext): Promise<Answer> {
    try {
      const outcome = await idempotency.claim(`${provider.name}:${event.id}`)
      if (outcome.state === 'running') return inProgress()
      if (outcome.state === 'claimed') await run(event, context, outcome.claim)
      return received(event.id)
    } catch (error) {
      onError(error)
      return handlingFailed()
    }
  }

  async function run(event: WebhookEvent, context: HandlerContext, claim: DeliveryClaim): Promise<void> {
    try {
      for (const { matches, handler } of routes) {
        if (matches(event.type)) await handler(event, context)
      }
    } catch (error) {
      await report(() => claim.release())
      throw error
    }
    // The event is handled: to ask for another delivery because a store failed would handle it twice.
    await report(() => claim.commit())
  }

  /** Tells the host of a store that failed to end a claim; the claim then ends with its lease. */
  async function report(end: () => Promise<void>): Promise<void> {
    try {
      await end()
    } catch (error) {
      onError(error)
    }
  }

  // The types of handlers are checked where they are added; which of them fits an event, its type tells at run time.
  const receiver: Receiver<Events> = {
    handle,
    on(type, handler) {
      const matches = matcherOf(type)
      checkFunction('on: the handler', handler, 'that takes an event')
      routes.push({ matches, handler: handler as Handler<WebhookEvent> })
      return receiver
    },
    onAny(handler) {
      checkFunction('onAny: the handler', handler, 'that takes an event')
      routes.push({ matches: () => true, handler: handler as Handler<WebhookEvent> })
      return receiver
    },
  }
  return receiver
}
