import type { Run } from '../../../scripts/bench/benchmark'
import type { Collector } from '../../../scripts/bench/collector'
import type { Subject } from './subjects'

/** A subject that is installed. */
export interface Installed {
  subject: Subject
  /** Where Node finds it. */
  folder: string
}

/** What the parts of the benchmark share. */
export interface Setup extends Run {
  collector: Collector
  /** Ours first. */
  installed: Installed[]
}
