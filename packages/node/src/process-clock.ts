import { MAX_TIMER_MS, type Clock } from '@arunika/core'

/** The system's clock, whose timers never keep the process alive by themselves. */
export const processClock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, Math.min(ms, MAX_TIMER_MS)).unref()
    return () => clearTimeout(timer)
  },
}
