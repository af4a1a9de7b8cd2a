import { median, round, type Findings } from '../../../../scripts/bench/figure'
import { ingestOnce, type Ingest } from '../ingest'
import { effortOf, type Setup } from '../setup'
import { sqliteStore } from '../stores/sqlite'

const BATCH_EVENTS = 10
/** Of the top rate. */
const SHARE = 0.7
const MAX_P99_MS = 100

/** How long a request takes while the server has room left: at a part of its top rate, which is measured right before. */
export async function measureLatency(setup: Setup): Promise<Findings> {
  const { rounds, ...effort } = effortOf(setup)
  const seconds = setup.isQuick ? 5 : 15
  const store = sqliteStore(setup)
  const load = { mix: 'pages', batchEvents: BATCH_EVENTS, ...effort } as const
  const results: { top: Ingest; paced: Ingest; asked: number }[] = []
  for (let number = 1; number <= rounds; number++) {
    setup.progress(`latency: round ${number} of ${rounds}`)
    const top = await ingestOnce(store, load)
    const requestsPerSecond = (top.perSecond / BATCH_EVENTS) * SHARE
    const events = Math.ceil(requestsPerSecond * seconds) * BATCH_EVENTS
    const paced = await ingestOnce(store, { ...load, events, requestsPerSecond })
    results.push({ top, paced, asked: requestsPerSecond * BATCH_EVENTS })
  }
  const p99Ms = round(median(results.map(({ paced }) => paced.p99Ms)))
  const rows = results.map(({ top, paced, asked }) => ({
    'top events/s': Math.round(top.perSecond),
    'sent events/s': Math.round(asked),
    'answered events/s': Math.round(paced.perSecond),
    'p50 ms': round(paced.p50Ms),
    'p99 ms': round(paced.p99Ms),
    'peak MB': Math.round(paced.peakMemoryMb),
  }))
  const title = `SQLite, pages in batches of ${BATCH_EVENTS} at ${SHARE * 100} % of the top rate, for ${seconds} s (a round each)`
  const name = `SQLite, pages: p99 of a batch of ${BATCH_EVENTS} at ${SHARE * 100} % of the top rate`
  return {
    figures: [{ name, value: p99Ms, unit: 'ms', limit: MAX_P99_MS }],
    tables: [{ title, rows }],
  }
}
