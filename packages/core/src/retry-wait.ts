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

/** What {@link createRetryWait} is made from. */
export interface RetryWaitOptions {
  clock: Clock
  /** A number in [0, 1). */
  random: () => number
  /** Where the wait is kept; this life's memory alone where left out. */
  waitStore?: WaitStore | undefined
  /** The wait is over by itself: it was neither ended nor begun anew. */
  onOver: () => void
}

/**
 * The wait between a try that failed and the next, longer with each failure in a row. A timer ends it and not the time of
 * day, which a person or a time server may set an hour back.
 */
export interface RetryWait {
  isOn(): boolean
  /** Whether the server asked to wait: then an explicit flush waits too. */
  isAsked(): boolean
  /** About how many milliseconds are left, for messages. */
  leftMs(): number
  /** Takes up the wait of an earlier page, or of another that shares the store. */
  resume(): void
  /** A try failed. Within a wait that the server asked for, only another such wait takes its place. */
  begin(retryAfterMs: number | null): void
  /** The next try may follow now; should it fail too, the wait is the longer one. */
  end(): void
  /**
   * The server answered: the next failure is the first. Where that was a request beside the one after which it asked to
   * wait, it still wants that.
   */
  reset(): void
}

/** The longest wait that there is; one in a store that claims more is not ours. */
const MAX_WAIT_MS = RETRY_WAITS.maxRetryAfterMs + RETRY_WAITS.maxMs

/** Makes the wait of one sender; one that a store holds is on from the start. */
export function createRetryWait({ clock, random, waitStore, onOver }: RetryWaitOptions): RetryWait {
  let failures = 0
  let cancel: (() => void) | null = null
  /** The last one, on or over. */
  let wait: SavedWait = { failures: 0, endsAt: 0, waitMs: 0, isAsked: false }
  /** When the last one ends that is saved, as far as is known. */
  let savedEndsAt = 0

  function start(next: SavedWait, leftMs: number): void {
    end()
    wait = next
    cancel = clock.after(leftMs, () => {
      cancel = null
      onOver()
    })
  }

  function end(): void {
    cancel?.()
    cancel = null
  }

  const isAsked = () => cancel !== null && wait.isAsked
  /** No more than it was in all, whatever the clock says now. */
  const leftOf = ({ endsAt, waitMs }: SavedWait) => Math.min(endsAt - clock.now(), waitMs, MAX_WAIT_MS)

  function resume(): void {
    const saved = waitStore?.load()
    // The one that is known already may have been ended by a flush.
    if (!saved || saved.endsAt <= savedEndsAt) return
    savedEndsAt = saved.endsAt
    failures = Math.max(failures, saved.failures)
    const leftMs = leftOf(saved)
    if (leftMs <= 0) return
    const endsAt = clock.now() + leftMs
    start({ ...saved, endsAt }, leftMs)
    // One that a wrong clock has put years ahead is not to begin anew with each page.
    if (endsAt < saved.endsAt) waitStore?.save(wait)
  }

  resume()
  return {
    isOn: () => cancel !== null,
    isAsked,
    leftMs: () => Math.max(leftOf(wait), 0),
    resume,
    begin(retryAfterMs) {
      const asks = retryAfterMs !== null && retryAfterMs > 0
      // That of a request beside the one after which the wait began: one failure, and not the next in a row.
      const isBeside = cancel !== null
      if (isBeside && !asks) return
      if (!isBeside) failures++
      const waitMs = retryWaitMs({ failures, retryAfterMs, random: random() })
      start({ failures, endsAt: clock.now() + waitMs, waitMs, isAsked: asks }, waitMs)
      waitStore?.save(wait)
      savedEndsAt = wait.endsAt
    },
    end,
    reset() {
      failures = 0
      if (isAsked()) return
      end()
      if (savedEndsAt > 0) waitStore?.save(null)
      savedEndsAt = 0
    },
  }
}
