import { DeliveryError, type Clock, type Delivery, type Outbox } from '@arunika/core'
import { retryWaitMs } from '@arunika/protocol'

/** What {@link drain} works with. */
export interface DrainOptions {
  outbox: Outbox
  delivery: Delivery
  clock: Clock
  /** A number in [0, 1). */
  random: () => number
  /** Aborts when the time is over. */
  deadline: AbortSignal
}

/**
 * Delivers all that waits; resolves when nothing is left or the time is over. The tries begin anew with short waits: after an
 * hour without a server the next regular try may be a minute away, which is more than a shutdown has.
 */
export async function drain({ outbox, delivery, clock, random, deadline }: DrainOptions): Promise<void> {
  const over = new Promise<void>((resolve) => {
    deadline.addEventListener('abort', () => resolve(), { once: true })
  })
  let failures = 0
  while (outbox.size > 0 && !deadline.aborted) {
    try {
      await Promise.race([delivery.flush(), over])
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error
      // While the server has asked to wait, a flush sends nothing, so asking again soon costs nothing.
      if (error.code !== 'retry_later') failures++
      const waitMs = retryWaitMs({ failures: Math.max(failures, 1), retryAfterMs: null, random: random() })
      await pause(waitMs, clock, over)
    }
  }
}

async function pause(ms: number, clock: Clock, over: Promise<void>): Promise<void> {
  let cancel = () => {}
  await Promise.race([over, new Promise<void>((resolve) => (cancel = clock.after(ms, resolve)))])
  cancel()
}
