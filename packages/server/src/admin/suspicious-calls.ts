import type { FastifyRequest } from 'fastify'
import { HEADERS, isAppId } from '@arunika/protocol'
import type { Writer } from '../store/writer'

/** Calls that are kept; older ones go. */
const MAX_KEPT = 10_000

/** Calls that wait to be written; a flood beyond it is counted in one row. */
const MAX_WAITING = 100

interface Call {
  at: number
  reason: string
  address: string
  app_id: string | null
}

/**
 * The log of calls that failed to authenticate: when, why, from where, for which app; never the key. It is bounded, and
 * written beside the answer, so that a flood of bad calls costs little more than one.
 */
export class SuspiciousCalls {
  readonly #writer: Writer
  readonly #now: () => number
  readonly #onError: (error: unknown) => void
  #waiting: Call[] = []
  #overflow = 0
  #writing: Promise<void> | null = null

  constructor(writer: Writer, now: () => number, onError: (error: unknown) => void) {
    this.#writer = writer
    this.#now = now
    this.#onError = onError
  }

  record(reason: string, request: FastifyRequest): void {
    if (this.#waiting.length >= MAX_WAITING) {
      this.#overflow++
      return
    }
    const claimed = request.headers[HEADERS.appId]
    const app_id = isAppId(claimed) ? claimed : null
    this.#waiting.push({ at: this.#now(), reason, address: request.ip, app_id })
    this.#writing ??= this.#write()
  }

  /** Resolves when every call that was recorded is written. */
  async idle(): Promise<void> {
    await this.#writing
  }

  async #write(): Promise<void> {
    try {
      while (this.#waiting.length > 0) await this.#writeWaiting()
    } catch (error) {
      this.#onError(error)
    }
    this.#writing = null
  }

  async #writeWaiting(): Promise<void> {
    const calls = [...this.#waiting]
    const overflow = this.#overflow
    if (overflow > 0)
      calls.push({ at: this.#now(), reason: `and ${overflow} more`, address: '', app_id: null })
    this.#waiting = []
    this.#overflow = 0
    await this.#writer.write(async (trx) => {
      await trx.insertInto('suspicious_calls').values(calls).execute()
      await trx
        .deleteFrom('suspicious_calls')
        .where('id', '<=', (eb) =>
          eb
            .selectFrom('suspicious_calls')
            .select((max) => max(max.fn.max('id'), '-', MAX_KEPT).as('oldest')),
        )
        .execute()
    })
  }
}
