import type { CoveredBy, TypePattern } from './event-type-pattern'
import type { WebhookEndpoint } from './incoming-webhook'
import type { HandlerContext, WebhookEvent } from './webhook-event'

/** The events of a sender whose types are not told: any type, any data. */
export type AnyEvents = Record<string, unknown>

/** The names of the types of `Events`. */
export type TypeOf<Events extends object> = keyof Events & string

/** The event of one of several types: testing its `type` tells the form of its `data`. */
export type EventOf<Events extends object, Type extends string = TypeOf<Events>> = {
  [Name in Type]: WebhookEvent<Name, Name extends keyof Events ? Events[Name] : unknown>
}[Type]

/** Handles an event. Where it throws or rejects, the sender is asked to send the event again. */
export type Handler<Event> = (event: Event, context: HandlerContext) => unknown

/** Takes the webhooks of one provider; made by {@link createReceiver}. */
export interface Receiver<Events extends object = AnyEvents> extends WebhookEndpoint {
  /**
   * Handles the events of a type, or of all types below a prefix: `order.*`. The handlers of an event run one after the
   * other, in the order in which they were added.
   *
   * @throws TypeError where the pattern is no text or empty, or has a `*` anywhere but after a full stop at its end; and
   * where the handler is no function.
   * @example
   * receiver.on('order.shipped', async (event) => { await notify(event.data.orderId) })
   */
  on<Pattern extends TypePattern<TypeOf<Events>>>(
    type: Pattern,
    handler: Handler<EventOf<Events, CoveredBy<Pattern, TypeOf<Events>>>>,
  ): Receiver<Events>
  /**
   * Handles every event.
   *
   * @throws TypeError where the handler is no function.
   * @example
   * receiver.onAny((event, { provider }) => { console.log(provider, event.type) })
   */
  onAny(handler: Handler<EventOf<Events>>): Receiver<Events>
}
