import { setTimeout as sleep } from 'node:timers/promises'
import { median, round, type Findings } from '../../../../scripts/bench/figure'
import { inFreshBrowser } from '../browser'
import { measured, openSdk, type Setup } from '../setup'
import { ARUNIKA, NOTHING, type Subject } from '../subjects'

const CALLS = 2_000
const LIMIT_US = 20

/** For what an SDK does once its page is loaded, before it is called. */
const SETTLE_MS = 500
/** Nobody waits longer for what a burst's events become. */
const DELIVERY = { quietMs: 15_000, timeoutMs: 15_000 }
/** For what it does once the last answer has come. */
const AFTER_MS = 500

interface Delivery {
  /** Of the main thread from the first call until all is delivered, for each call. */
  cpuUs: number
  events: number
  ms: number
  requests: number
  problems: string[]
}

interface Round {
  /** For each call, until it returns. */
  callUs: number
  delivery: Delivery | null
}

/** What a call costs the page: until it returns, and in all. */
export async function measureCalls(setup: Setup): Promise<Findings> {
  const rounds = setup.isQuick ? 1 : 4
  const subjects = [...setup.subjects, NOTHING]
  const results = new Map<Subject, Round[]>(subjects.map((subject) => [subject, []]))
  for (let number = 1; number <= rounds; number++) {
    // Each in turn, so that a busy minute of the machine is not one subject's alone.
    for (const [subject, list] of results) {
      setup.progress(`calls: round ${number} of ${rounds}, ${subject.name}`)
      // Some peers take a minute for it, and once is enough to see that.
      const isDelivered = number === 1 || subject === ARUNIKA
      const result = await measured(setup, subject, () => measureRound(setup, subject, isDelivered))
      if (result === null) results.delete(subject)
      else list.push(result)
    }
  }
  const ours = median(results.get(ARUNIKA)?.map(({ callUs }) => callUs) ?? [])
  return {
    figures: [{ name: `a call, of ${CALLS} in one task`, value: round(ours), unit: 'µs', limit: LIMIT_US }],
    tables: [
      {
        title: `Main thread: ${CALLS} calls in one task (median of ${rounds})`,
        rows: [...results].map(([subject, list]) => rowOf(subject, list)),
      },
    ],
  }
}

function rowOf({ name }: Subject, rounds: Round[]): Record<string, string | number> {
  const calls = rounds.map(({ callUs }) => callUs)
  const deliveries = rounds.flatMap(({ delivery }) => delivery ?? [])
  const of = (field: Exclude<keyof Delivery, 'problems'>) => median(deliveries.map((one) => one[field]))
  const problems = [...new Set(deliveries.flatMap((one) => one.problems))].slice(0, 3)
  return {
    SDK: name,
    'µs a call': round(median(calls)),
    'least–most': `${round(Math.min(...calls))}–${round(Math.max(...calls))}`,
    'CPU µs an event, with delivery': round(of('cpuUs')),
    [`delivered in ${DELIVERY.timeoutMs / 1_000} s`]: of('events'),
    'after ms': Math.round(of('ms')),
    requests: of('requests'),
    ...(problems.length > 0 && { problems: problems.join('; ') }),
  }
}

async function measureRound(setup: Setup, subject: Subject, isDelivered: boolean): Promise<Round> {
  return inFreshBrowser(async (page) => {
    await setup.collector.ask({ reset: true, isIll: false })
    await openSdk(setup, page, subject)
    await sleep(SETTLE_MS)
    const before = await page.cpuMs()
    const started = Date.now()
    const callUs = await page.evaluate<number>(`report.inOneTask(${CALLS})`)
    if (!isDelivered) return { callUs, delivery: null }
    const count = await setup.collector.settled(subject === NOTHING ? 0 : CALLS, DELIVERY)
    const ms = Date.now() - started
    await sleep(AFTER_MS)
    const { events, requests, problems } = count
    const cpuUs = (((await page.cpuMs()) - before) * 1_000) / CALLS
    return { callUs, delivery: { cpuUs, events, ms, requests, problems } }
  })
}
