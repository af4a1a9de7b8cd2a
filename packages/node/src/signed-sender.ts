import { batchBody, batchOutcome, type Clock, type Outcome, type OutboxItem } from '@arunika/core'
import { formatTimestamp, ROUTES, utf8Length } from '@arunika/protocol'
import type { ResolvedOptions } from './resolve-options'
import { signedHeaders } from './signed-headers'
import { createFetchTransport } from './transport/fetch-transport'
import { createHttpTransport } from './transport/http-transport'

/** The bytes of a body around its events. */
export const ENVELOPE_BYTES = utf8Length(batchBody({ sentAt: formatTimestamp(0) }, []))

/** Posts batches, each signed over the bytes that are sent, with the time of this very try. */
export interface SignedSender {
  /** Never rejects. */
  send(items: OutboxItem[]): Promise<Outcome>
  /** Ends the requests that are under way, so that no hanging server keeps the process alive. */
  stop(): void
}

/** Makes the sender of one client. */
export function createSignedSender(options: ResolvedOptions, clock: Clock): SignedSender {
  const { endpoint, requestTimeoutMs, fetch } = options
  const exchange = {
    url: endpoint + ROUTES.serverEvents,
    timeoutMs: requestTimeoutMs,
    now: () => clock.now(),
  }
  const post = fetch ? createFetchTransport(exchange, fetch) : createHttpTransport(exchange)
  const underWay = new Set<AbortController>()
  return {
    async send(items) {
      const abort = new AbortController()
      underWay.add(abort)
      try {
        const now = clock.now()
        const body = Buffer.from(batchBody({ sentAt: formatTimestamp(now) }, items))
        const reply = await post({ headers: signedHeaders(options, body, now), body, abort })
        return batchOutcome(reply, items)
      } finally {
        underWay.delete(abort)
      }
    },
    stop() {
      for (const abort of underWay) abort.abort()
    },
  }
}
