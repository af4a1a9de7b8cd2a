import type { Findings } from '../../../../scripts/bench/figure'
import type { Setup } from '../setup'
import { sqliteStore } from '../stores/sqlite'
import { measureRatios } from './ratios'

/** Half of what is asked where nobody says who they are. */
const CASES = [
  { batchEvents: 10, limit: 0.125 },
  { batchEvents: 100, limit: 0.2 },
  { batchEvents: 1_000, limit: 0.25 },
]

/** Every third event says who somebody is, on SQLite. */
export async function measureClaims(setup: Setup): Promise<Findings> {
  const { figures, tables } = await measureRatios(setup, {
    store: sqliteStore(setup),
    mix: 'claims',
    cases: CASES,
  })
  return { figures, tables }
}
