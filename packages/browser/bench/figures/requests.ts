import { setTimeout as sleep } from 'node:timers/promises'
import { round, type Findings } from '../../../../scripts/bench/figure'
import { inFreshBrowser } from '../browser'
import { measured, openSdk, type Setup } from '../setup'
import { NOTHING, type Subject } from '../subjects'

const EVENTS = 200
const DURATION_MS = 5_000
const LIMIT = 25

/** For what an SDK does once its page is loaded, and once the last answer has come. */
const SETTLE_MS = 500

/** What an ordinary flow of events costs, of requests and of the main thread. */
export async function measureRequests(setup: Setup): Promise<Findings> {
  const subjects = setup.isQuick ? setup.subjects.slice(0, 1) : [...setup.subjects, NOTHING]
  const rows: Awaited<ReturnType<typeof measureFlow>>[] = []
  for (const subject of subjects) {
    setup.progress(`requests: ${subject.name}`)
    const row = await measured(setup, subject, () => measureFlow(setup, subject))
    if (row !== null) rows.push(row)
  }
  const [ours] = rows
  const arrived = ours?.delivered ?? 0
  const title = `${EVENTS} events over ${DURATION_MS / 1_000} s`
  return {
    figures: [
      {
        name: `requests of ${title}`,
        value: ours === undefined || arrived < EVENTS ? null : ours.requests + ours.preflights,
        unit: 'requests',
        limit: LIMIT,
        ...(arrived < EVENTS && { note: `${arrived} of ${EVENTS} events arrived` }),
      },
    ],
    tables: [{ title: `Requests: ${title}`, rows }],
  }
}

async function measureFlow(setup: Setup, subject: Subject) {
  const { collector } = setup
  return inFreshBrowser(async (page) => {
    await openSdk(setup, page, subject)
    await sleep(SETTLE_MS)
    await collector.ask({ reset: true, isIll: false })
    const before = await page.cpuMs()
    await page.evaluate(`report.evenly(${EVENTS}, ${DURATION_MS})`)
    const awaited = subject === NOTHING ? 0 : EVENTS
    const count = await collector.settled(awaited, { quietMs: 6_500, timeoutMs: 15_000 })
    await sleep(SETTLE_MS)
    const cpuMs = (await page.cpuMs()) - before
    return {
      SDK: subject.name,
      requests: count.requests,
      preflights: count.preflights,
      delivered: count.events,
      'CPU µs an event': round((cpuMs * 1_000) / EVENTS),
    }
  })
}
