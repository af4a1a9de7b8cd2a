import type { Outbox } from '@arunika/core'

/** What {@link createBackpressure} is made from. */
export interface BackpressureOptions {
  outbox: Pick<Outbox, 'waiting'>
  /** The bounds of the outbox. */
  maxItems: number
  maxBytes: number
  /** So little waits again that those who stopped may go on. */
  onDrain: () => void
}

/** Tells producers when to wait, as Node's streams do. */
export interface Backpressure {
  /** Whether a producer may go on: no more than half of either bound waits. Where not, `onDrain` follows. */
  mayGoOn(): boolean
  /** Something has left: looks whether no more than a quarter of both bounds waits. */
  relax(): void
  /** Nobody shall wait any longer. */
  release(): void
}

export function createBackpressure(options: BackpressureOptions): Backpressure {
  const { outbox, maxItems, maxBytes, onDrain } = options
  let isAwaited = false

  function isAbove(part: number): boolean {
    const { items, bytes } = outbox.waiting
    return items > maxItems * part || bytes > maxBytes * part
  }

  function release(): void {
    if (!isAwaited) return
    isAwaited = false
    onDrain()
  }

  return {
    mayGoOn() {
      if (!isAbove(1 / 2)) return true
      isAwaited = true
      return false
    },
    relax() {
      if (isAwaited && !isAbove(1 / 4)) release()
    },
    release,
  }
}
