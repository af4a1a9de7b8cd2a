import type { Findings } from '../../../../scripts/bench/figure'
import type { Setup } from '../setup'
import { startPostgresStore } from '../stores/postgres'
import { measureRatios } from './ratios'

const CASES = [{ batchEvents: 10 }, { batchEvents: 100 }, { batchEvents: 1_000, limit: 0.4 }]

/** What anonymous visitors do, on PostgreSQL. */
export async function measurePostgres(setup: Setup): Promise<Findings> {
  const { store, stop } = await startPostgresStore()
  try {
    const { figures, tables } = await measureRatios(setup, { store, mix: 'pages', cases: CASES })
    return { figures, tables }
  } finally {
    await stop()
  }
}
