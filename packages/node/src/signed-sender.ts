import { batchBody, batchOutcome, post, type Clock, type Outcome, type OutboxItem } from '@arunika/core'
import { formatTimestamp, ROUTES, utf8Length } from '@arunika/protocol'
import type { ResolvedOptions } from './resolve-options'
import { signedHeaders } from './signed-headers'

/** The bytes of a body around its events. */
export const ENVELOPE_BYTES = utf8Length(batchBody({ sentAt: formatTimestamp(0) }, []))

const encoder = new TextEncoder()

/** Posts batches, each signed over the bytes that are sent, with the time of this very try. */
export class SignedSender {
  readonly #options: ResolvedOptions
  readonly #clock: Clock
  readonly #underWay = new Set<AbortController>()

  constructor(options: ResolvedOptions, clock: Clock) {
    this.#options = options
    this.#clock = clock
  }

  /** Never rejects. */
  async send(items: OutboxItem[]): Promise<Outcome> {
    const { endpoint, requestTimeoutMs } = this.#options
    const abort = new AbortController()
    this.#underWay.add(abort)
    try {
      const now = this.#clock.now()
      const body = encoder.encode(batchBody({ sentAt: formatTimestamp(now) }, items))
      const reply = await post({
        url: endpoint + ROUTES.serverEvents,
        headers: await signedHeaders(this.#options, body, now),
        body,
        timeoutMs: requestTimeoutMs,
        abort,
        fetch: this.#options.fetch,
        now: () => this.#clock.now(),
      })
      return batchOutcome(reply, items)
    } finally {
      this.#underWay.delete(abort)
    }
  }

  /** Ends the requests that are under way, so that no hanging server keeps the process alive. */
  stop(): void {
    for (const abort of this.#underWay) abort.abort()
  }
}
