import { RETRY_WAITS, retryWaitMs } from '@arunika/protocol'
import type { Clock } from './clock'

/** A wait as a store keeps it. Times are milliseconds. */
export interface SavedWait {
  /** Tries that failed in a row. */
  failures: number
  /** When it ends, since the epoch. */
  endsAt: number
  /** How long it is in all. */
  waitMs: number
  /** Whether the server asked for it. */
  isAsked: boolean
}

/** Where a wait outlives the page, and where pages share it. Neither function may throw. */
export interface WaitStore {
  /** What was saved last, by whomever; `null` where nothing was, or where it cannot be read. */
  load(): SavedWait | null
  /** `null`: the server answers again. */
  save(wait: SavedWait | null): void
}

/** What {@link RetryWait} is made from. */
export interface RetryWaitOptions {
  clock: Clock
  /** A number in [0, 1). */
  random: () => number
  /** Where the wait is kept; this life's memory alone where left out. */
  store?: WaitStore | undefined
  /** The wait is over by itself: it was neither ended nor begun anew. */
  onOver: () => void
}

/** The longest wait that there is; one in a store that claims more is not ours. */
const MAX_WAIT_MS = RETRY_WAITS.maxRetryAfterMs + RETRY_WAITS.maxMs

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
  #isSaved = false

  constructor(options: RetryWaitOptions) {
    this.#options = options
    this.resume()
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

  /** Takes up the wait of an earlier page, or of another that shares the store. */
  resume(): void {
    const saved = this.#options.store?.load()
    if (!saved) return
    this.#isSaved = true
    // The one that is known already may have been ended by a flush.
    if (saved.endsAt <= this.#endsAt) return
    this.#failures = Math.max(this.#failures, saved.failures)
    const waitMs = Math.min(saved.waitMs, MAX_WAIT_MS)
    // No more than it was in all, whatever the clock says now.
    const leftMs = Math.min(saved.endsAt - this.#options.clock.now(), waitMs)
    if (leftMs > 0) this.#start({ ...saved, waitMs }, leftMs)
  }

  /** A try failed. Within a wait that the server asked for, only another such wait takes its place. */
  begin(retryAfterMs: number | null): void {
    const { clock, random, store } = this.#options
    this.#failures++
    const isAsked = retryAfterMs !== null && retryAfterMs > 0
    if (this.isAsked && !isAsked) return
    const waitMs = retryWaitMs({ failures: this.#failures, retryAfterMs, random: random() })
    const wait = { failures: this.#failures, endsAt: clock.now() + waitMs, waitMs, isAsked }
    this.#start(wait, waitMs)
    store?.save(wait)
    this.#isSaved = true
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
    this.#failures = 0
    if (this.isAsked) return
    this.end()
    if (this.#isSaved) this.#options.store?.save(null)
    this.#isSaved = false
  }

  #start({ endsAt, waitMs, isAsked }: SavedWait, leftMs: number): void {
    this.end()
    this.#isAsked = isAsked
    this.#waitMs = waitMs
    this.#endsAt = endsAt
    this.#cancel = this.#options.clock.after(leftMs, () => {
      this.#cancel = null
      this.#options.onOver()
    })
  }
}
