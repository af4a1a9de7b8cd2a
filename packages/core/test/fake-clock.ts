import { setImmediate } from 'node:timers/promises'
import type { Clock } from '../src/clock'

interface Timer {
  at: number
  callback: () => void
}

/** A clock that stands still until a test moves it. Like a real one it has two times: that of day, and that of timers. */
export class FakeClock implements Clock {
  #wallMs = Date.UTC(2026, 0, 1)
  #passedMs = 0
  readonly #timers = new Set<Timer>()

  now(): number {
    return this.#wallMs
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { at: this.#passedMs + Math.max(0, ms), callback }
    this.#timers.add(timer)
    return () => void this.#timers.delete(timer)
  }

  /** Timers that have not ended. */
  get timers(): number {
    return this.#timers.size
  }

  /** Lets time pass, and calls what comes due in its order. */
  async advance(ms: number): Promise<void> {
    const end = this.#passedMs + ms
    for (;;) {
      await microtasks()
      const next = [...this.#timers].sort((a, b) => a.at - b.at)[0]
      if (next === undefined || next.at > end) break
      this.#timers.delete(next)
      this.#pass(next.at - this.#passedMs)
      next.callback()
    }
    this.#pass(end - this.#passedMs)
  }

  /** Sets the time of day, as a person or a time server does; timers do not see it. */
  setBy(ms: number): void {
    this.#wallMs += ms
  }

  #pass(ms: number): void {
    this.#passedMs += ms
    this.#wallMs += ms
  }
}

/** Resolves when all that is ready to run has run. */
export async function microtasks(): Promise<void> {
  await setImmediate()
}
