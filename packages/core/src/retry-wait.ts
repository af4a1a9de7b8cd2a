import { retryWaitMs } from '@arunika/protocol'
import type { Clock } from './clock'

/** What {@link RetryWait} is made from. */
export interface RetryWaitOptions {
  clock: Clock
  /** A number in [0, 1). */
  random: () => number
  /** The wait is over by itself: it was neither ended nor begun anew. */
  onOver: () => void
}

/**
 * The wait between a try that failed and the next, longer with each failure in a row. A timer ends it and not the time of
 * day, which a person or a time server may set an hour back.
 */
export class RetryWait {
  readonly #options: RetryWaitOptions
  #failures = 0
  #cancel: (() => void) | null = null
  #isAsked = false
  #waitMs = 0
  #endsAt = 0

  constructor(options: RetryWaitOptions) {
    this.#options = options
  }

  get isOn(): boolean {
    return this.#cancel !== null
  }

  /** Whether the server asked to wait: then an explicit flush waits too. */
  get isAsked(): boolean {
    return this.isOn && this.#isAsked
  }

  /** About how many milliseconds are left, for messages. */
  get leftMs(): number {
    return Math.min(Math.max(this.#endsAt - this.#options.clock.now(), 0), this.#waitMs)
  }

  /** A try failed. Within a wait that the server asked for, only another such wait takes its place. */
  begin(retryAfterMs: number | null): void {
    const { clock, random, onOver } = this.#options
    this.#failures++
    const isAsked = retryAfterMs !== null && retryAfterMs > 0
    if (this.isAsked && !isAsked) return
    this.end()
    this.#isAsked = isAsked
    this.#waitMs = retryWaitMs({ failures: this.#failures, retryAfterMs, random: random() })
    this.#endsAt = clock.now() + this.#waitMs
    this.#cancel = clock.after(this.#waitMs, () => {
      this.#cancel = null
      onOver()
    })
  }

  /** The next try may follow now; should it fail too, the wait is the longer one. */
  end(): void {
    this.#cancel?.()
    this.#cancel = null
  }

  /**
   * The server answered: the next failure is the first. Where that was a request beside the one after which it asked to wait,
   * it still wants that.
   */
  reset(): void {
    if (!this.isAsked) this.end()
    this.#failures = 0
  }
}
