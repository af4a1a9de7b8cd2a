import { median, round, type Figure, type Findings, type Table } from '../../../../scripts/bench/figure'
import { alternate } from '../alternate'
import { ingestOnce, type Ingest } from '../ingest'
import type { LoadOptions } from '../load/load'
import { effortOf, type Setup } from '../setup'
import type { Store } from '../stores/store'

/** What is measured at one size of a batch. */
interface Case {
  batchEvents: number
  /** Of the baseline, at least; only shown where left out. */
  limit?: number
}

/** The server's speed by the size of a batch, as a share of what its database can by itself. */
export async function measureRatios(
  setup: Setup,
  { store, mix, cases }: { store: Store; mix: LoadOptions['mix']; cases: Case[] },
): Promise<Findings & { ingests: Ingest[] }> {
  const effort = effortOf(setup)
  const figures: Figure[] = []
  const rows: Table['rows'] = []
  const all: Ingest[] = []
  for (const { batchEvents, limit } of cases) {
    setup.progress(`${store.name}, ${mix}: batches of ${batchEvents}, ${effort.rounds} rounds`)
    const pairs = await alternate(
      effort.rounds,
      () => store.runBaseline(effort),
      () => ingestOnce(store, { mix, batchEvents, ...effort }),
    )
    const ingests = pairs.map(([, ours]) => ours)
    const ratios = pairs.map(([baseline, ours]) => ours.perSecond / baseline.perSecond)
    const [bare, speed] = [
      median(pairs.map(([baseline]) => baseline.perSecond)),
      median(ingests.map((one) => one.perSecond)),
    ]
    rows.push({
      'events a batch': batchEvents,
      'bare inserts/s': Math.round(bare),
      'events/s': Math.round(speed),
      'of bare': round(median(ratios), 3),
      'least–most': [Math.min(...ratios), Math.max(...ratios)].map((ratio) => round(ratio, 3)).join('–'),
      limit: limit === undefined ? '' : `≥ ${limit}`,
      'p50 ms': round(median(ingests.map((one) => one.p50Ms))),
      'p99 ms': round(median(ingests.map((one) => one.p99Ms))),
      'sender CPU %': Math.round(median(ingests.map((one) => one.senderShare)) * 100),
      'peak MB': Math.round(Math.max(...ingests.map((one) => one.peakMemoryMb))),
    })
    if (limit !== undefined) {
      figures.push({
        name: `${store.name}, ${mix}: events/s in batches of ${batchEvents.toLocaleString('en')}`,
        value: round(median(ratios), 3),
        unit: 'of bare inserts',
        limit,
        bound: 'least',
        note: `${Math.round(speed)}/s, bare ${Math.round(bare)}/s`,
      })
    }
    all.push(...ingests)
  }
  const title =
    `${store.name}, ${mix}: ${effort.events.toLocaleString('en')} events, every connection busy ` +
    `(medians of ${effort.rounds} rounds, each beside a baseline; memory the most)`
  return { figures, tables: [{ title, rows }], ingests: all }
}
