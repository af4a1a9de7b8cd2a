import { round, type Findings } from '../../../../scripts/bench/figure'
import type { Setup } from '../setup'
import { sqliteStore } from '../stores/sqlite'
import { measureRatios } from './ratios'

const CASES = [
  { batchEvents: 10, limit: 0.25 },
  { batchEvents: 100, limit: 0.4 },
  { batchEvents: 1_000, limit: 0.5 },
]
const MAX_MEMORY_MB = 200

/** What anonymous visitors do, on SQLite, and the memory that the server takes for it. */
export async function measurePages(setup: Setup): Promise<Findings> {
  const { figures, tables, ingests } = await measureRatios(setup, {
    store: sqliteStore(setup),
    mix: 'pages',
    cases: CASES,
  })
  figures.push({
    name: 'SQLite, pages: resident memory at the top rate of any batch',
    value: round(Math.max(...ingests.map((one) => one.peakMemoryMb))),
    unit: 'MB',
    limit: MAX_MEMORY_MB,
  })
  return { figures, tables }
}
