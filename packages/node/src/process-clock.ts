import { createSteadyNow, MAX_TIMER_MS, type Clock } from '@arunika/core'

/** The clock of one client: its time never goes back, and its timers never keep the process alive by themselves. */
export function createProcessClock(): Clock {
  return {
    now: createSteadyNow(),
    after(ms, callback) {
      const timer = setTimeout(callback, Math.min(ms, MAX_TIMER_MS)).unref()
      return () => clearTimeout(timer)
    },
  }
}
