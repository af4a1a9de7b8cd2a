// What the benchmark does in its pages: a script of each of them, beside the one that makes `bench`.
import type { Bench } from './subjects'

/** Ways in which an app reports events. */
export const reporting = {
  /** All in one task; gives what a call took, in microseconds. */
  inOneTask(events: number): number {
    const start = performance.now()
    for (let index = 0; index < events; index++) bench.log(index)
    return ((performance.now() - start) * 1_000) / events
  },

  /** In slices, a task each, as an app that is busy does. */
  inSlices(events: number, sliceSize: number): Promise<void> {
    return new Promise((resolve) => {
      let logged = 0
      const slice = () => {
        const end = Math.min(logged + sliceSize, events)
        while (logged < end) bench.log(logged++)
        if (logged < events) setTimeout(slice)
        else resolve()
      }
      setTimeout(slice)
    })
  },

  /** One after the other, evenly. */
  evenly(events: number, durationMs: number): Promise<void> {
    return new Promise((resolve) => {
      const start = performance.now()
      let logged = 0
      const timer = setInterval(() => {
        const due = Math.min(events, Math.ceil(((performance.now() - start) / durationMs) * events))
        while (logged < due) bench.log(logged++)
        if (logged < events) return
        clearInterval(timer)
        resolve()
      }, durationMs / events)
    })
  },
}

declare global {
  /** The SDK under the benchmark, in its page. */
  var bench: Bench
  var report: typeof reporting
}
