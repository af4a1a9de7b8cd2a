import type { Run } from '../../../scripts/bench/benchmark'

/** What the parts of the benchmark share. */
export interface Setup extends Run {
  /** Of this run alone: it is gone when the run ends, however it does. */
  folder: string
}

/** How often a measurement is made, and with how many events. */
export interface Effort {
  rounds: number
  /** Events that are timed. */
  events: number
  /** Events before those, while the engine compiles. */
  warmUpEvents: number
}

/** A quick run shows that it works, and is not for numbers. */
export function effortOf({ isQuick }: Setup): Effort {
  return isQuick
    ? { rounds: 1, events: 20_000, warmUpEvents: 4_000 }
    : { rounds: 5, events: 60_000, warmUpEvents: 10_000 }
}
