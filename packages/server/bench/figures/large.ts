import { median, round, type Figure, type Findings, type Table } from '../../../../scripts/bench/figure'
import { alternate } from '../alternate'
import { ingest, ingestOnce, type Ingest } from '../ingest'
import { buildStore, type LargeStore } from '../large/build-store'
import { copyOfId } from '../large/copies'
import { EVENTS_A_PERSON } from '../large/sample-life'
import { timeOfNode, timeUntilReady } from '../large/time-until-ready'
import { effortOf, type Setup } from '../setup'
import { sqliteStore } from '../stores/sqlite'

/** With all that they do: 5,000,000 events. */
const PEOPLE = 200_000
/** To see that it works. */
const PEOPLE_QUICK = 2_000
const BATCH_EVENTS = 100
/** Of the speed of an empty store. */
const MIN_SHARE = 0.7
const MAX_READY_MS = 1_000
const STARTS = 5

/** What a store that is full costs: the speed of the server, and its start. */
export async function measureLarge(setup: Setup): Promise<Findings> {
  const people = setup.isQuick ? PEOPLE_QUICK : PEOPLE
  setup.progress(`large: a store of ${(people * EVENTS_A_PERSON).toLocaleString('en')} events is made`)
  const started = performance.now()
  const store = await buildStore(setup, people)
  const seconds = Math.round((performance.now() - started) / 1_000)
  try {
    const speed = await measureSpeed(setup, store)
    const start = await measureStart(setup, store)
    const events = store.events.toLocaleString('en')
    const title = `SQLite with ${events} events of ${store.people.toLocaleString('en')} people, made in ${seconds} s`
    return { figures: [...speed.figures, ...start], tables: [{ title, rows: speed.rows }] }
  } finally {
    await store.place.remove()
  }
}

async function measureSpeed(
  setup: Setup,
  { place, userIds, copies }: LargeStore,
): Promise<{ figures: Figure[]; rows: Table['rows'] }> {
  const { rounds, ...effort } = effortOf(setup)
  const figures: Figure[] = []
  const rows: Table['rows'] = []
  for (const mix of ['pages', 'claims'] as const) {
    setup.progress(`large, ${mix}: batches of ${BATCH_EVENTS}, ${rounds} rounds`)
    const load = { mix, batchEvents: BATCH_EVENTS, ...effort }
    const known = userIds.flatMap((id, number) =>
      // As many as a load without known people is about, from all over the store.
      Array.from({ length: Math.ceil(effort.events / 10 / userIds.length) }, (_, more) =>
        copyOfId(id, (number * 97 + more * 31) % copies),
      ),
    )
    const pairs = await alternate(
      rounds,
      () => ingestOnce(sqliteStore(setup), load),
      () => ingest(place, { ...load, userIds: known }),
    )
    const speedOf = (which: (pair: [Ingest, Ingest]) => Ingest) =>
      Math.round(median(pairs.map((pair) => which(pair).perSecond)))
    const [empty, full] = [speedOf(([one]) => one), speedOf(([, one]) => one)]
    const value = round(median(pairs.map(([one, other]) => other.perSecond / one.perSecond)), 2)
    const name = `large, ${mix}: events/s in batches of ${BATCH_EVENTS}`
    const note = `${full}/s, empty ${empty}/s`
    figures.push({ name, value, unit: 'of an empty store', limit: MIN_SHARE, bound: 'least', note })
    rows.push({
      mix,
      'events/s, empty': empty,
      'events/s, large': full,
      'large of empty': value,
      'p99 ms, large': round(median(pairs.map(([, one]) => one.p99Ms))),
      'peak MB, large': Math.round(Math.max(...pairs.map(([, one]) => one.peakMemoryMb))),
    })
  }
  return { figures, rows }
}

async function measureStart(setup: Setup, { place }: LargeStore): Promise<Figure[]> {
  setup.progress(`large: ${STARTS} starts`)
  const pairs = await alternate(STARTS, timeOfNode, () => timeUntilReady(place.database))
  const node = Math.round(median(pairs.map(([ms]) => ms)))
  const value = Math.round(median(pairs.map(([, ms]) => ms)))
  const note = `of which Node itself starts in ${node} ms`
  return [{ name: 'large: from start to ready', value, unit: 'ms', limit: MAX_READY_MS, note }]
}
