import type { Run } from '../../../scripts/bench/benchmark'
import type { Subject } from './subject'

/** What the parts of the benchmark share. */
export interface Setup extends Run {
  peers: Subject[]
}
