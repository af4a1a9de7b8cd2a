import { accepted, handlingFailed, inProgress, received, type Answer } from './answer'
import { bodyHash } from './body-hash'
import { WebhookConflictError } from './errors/webhook-conflict-error'
import { idempotencyKey } from './idempotency-key'
import type { DeliveryClaim } from './idempotency-store'
import type { WaitUntil } from './incoming-webhook'
import { leaseSignal } from './lease-signal'
import type { ResolvedReceiverOptions } from './receiver-options'
import type { HandlerContext, WebhookEvent } from './webhook-event'

/** A verified event on its way to the handlers. */
export interface Delivery {
  event: WebhookEvent
  /** What is known before the event is claimed. */
  context: Pick<HandlerContext, 'attempt' | 'strength' | 'matchedSecret'>
  waitUntil: WaitUntil | undefined
}

/**
 * Handles each event once.
 *
 * @param run - Runs the handlers.
 */
export function deliverer(
  { provider, idempotency, onError, ackFirst, ...options }: ResolvedReceiverOptions,
  run: (event: WebhookEvent, context: HandlerContext) => Promise<void>,
): (delivery: Delivery) => Promise<Answer> {
  const names = options.endpoint === undefined ? [provider.name] : [provider.name, options.endpoint]

  /** @throws WebhookConflictError where the id belongs to another body; whatever the store throws. */
  async function deliver({ event, context, waitUntil = options.waitUntil }: Delivery): Promise<Answer> {
    const key = await idempotencyKey(names, event.id)
    const outcome = await idempotency.claim(key, await bodyHash(event.body))
    if (outcome.state === 'conflict') throw new WebhookConflictError(event.id)
    if (outcome.state === 'running') return inProgress()
    if (outcome.state === 'done') return received(event.id)
    const { claim } = outcome
    if (!ackFirst) return (await handle(claim, event, context)) ? received(event.id) : handlingFailed()
    let isKept = true
    const work = nextTask().then(() => isKept && handle(claim, event, context))
    try {
      waitUntil?.(work.then(() => undefined))
    } catch (error) {
      // A host that does not wait would end in the middle of the work: it is left to the next delivery.
      isKept = false
      await report(() => claim.release())
      throw error
    }
    return accepted(event.id)
  }

  /** Whether the event was handled. Never throws: what a handler throws is no refusal, whatever it is. */
  async function handle(
    claim: DeliveryClaim,
    event: WebhookEvent,
    known: Delivery['context'],
  ): Promise<boolean> {
    const lease = leaseSignal(claim.leaseMs)
    // The store's own count goes before what the sender says.
    const { attempt = known.attempt } = claim
    try {
      await run(event, { ...known, id: event.id, provider: provider.name, attempt, signal: lease.signal })
    } catch (error) {
      await report(() => claim.release())
      onError(error)
      return false
    } finally {
      lease.end()
    }
    // The event is handled: to ask for another delivery because a store failed would handle it twice.
    await report(() => claim.commit())
    return true
  }

  /** Tells the host of a store that failed to end a claim; the claim then ends with its lease. */
  async function report(end: () => Promise<void>): Promise<void> {
    try {
      await end()
    } catch (error) {
      onError(error)
    }
  }

  return deliver
}

/** A handler that never waits would hold up the answer too. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve)
  })
}
