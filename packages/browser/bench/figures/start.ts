import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { median, round, type Findings } from '../../../../scripts/bench/figure'
import { inFreshBrowser } from '../browser'
import { openSdk, pageOf, startOf, type Setup } from '../setup'
import { ARUNIKA } from '../subjects'
import { markOf, partsAsText, traced, type Task } from '../trace'

const EVENTS = 10_000
const LIMIT_MS = 20

/** How long the work of a start is watched. */
const WATCH_MS = 2_000

/** Nobody listens on the port of discard. */
const UNREACHABLE = 'http://127.0.0.1:9'

/** Options with which nothing leaves by itself. */
const SEND_NOTHING = { flushAt: 1_000_000, flushIntervalMs: 2_000_000_000 }

interface Start {
  wallMs: number
  cpuMs: number
  longest: Task | undefined
}

/** What it costs to start where an earlier page has left as many events as may wait. */
export async function measureStart(setup: Setup): Promise<Findings> {
  const rounds = setup.isQuick ? 2 : 5
  const home = await mkdtemp(join(tmpdir(), 'arunika-bench-waiting-'))
  const profile = join(home, 'profile')
  try {
    setup.progress(`start: leaving ${EVENTS} events`)
    await leaveEvents(setup, profile)
    const empty: Start[] = []
    const unreachable: Start[] = []
    const silent: Start[] = []
    const firstRequestMs: number[] = []
    for (let number = 1; number <= rounds; number++) {
      setup.progress(`start: round ${number} of ${rounds}`)
      empty.push(await traceStart(setup))
      unreachable.push(await traceStart(setup, profile))
      silent.push(await traceStart(setup, profile, SEND_NOTHING))
      firstRequestMs.push(await timeOfFirstRequest(setup, profile))
    }
    const more = (starts: Start[], field: 'wallMs' | 'cpuMs') =>
      round(medianOf(starts, field) - medianOf(empty, field))
    return {
      figures: [
        {
          name: `start with ${EVENTS} waiting events, server unreachable`,
          value: more(unreachable, 'wallMs'),
          unit: 'ms',
          limit: LIMIT_MS,
          note:
            `more than with none; ${more(unreachable, 'cpuMs')} ms of it on a processor; ${more(silent, 'wallMs')} ms where nothing is sent; ` +
            `first request after ${Math.round(median(firstRequestMs))} ms where the server is reachable`,
        },
      ],
      tables: [
        {
          title: `Start: main thread in the first ${WATCH_MS / 1_000} s (median of ${rounds})`,
          rows: [
            rowOf('none waiting', empty),
            rowOf(`${EVENTS} waiting, server unreachable`, unreachable),
            rowOf(`${EVENTS} waiting, nothing is sent`, silent),
          ],
        },
      ],
    }
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}

function rowOf(name: string, starts: Start[]): Record<string, string | number> {
  const [longest] = starts.flatMap((one) => one.longest ?? []).sort((a, b) => b.wallMs - a.wallMs)
  return {
    start: name,
    'wall ms': round(medianOf(starts, 'wallMs')),
    'CPU ms': round(medianOf(starts, 'cpuMs')),
    'longest task ms': round(longest?.wallMs ?? 0),
    'of which ms': partsAsText(longest?.parts ?? []),
  }
}

function medianOf(starts: Start[], field: 'wallMs' | 'cpuMs'): number {
  return median(starts.map((one) => one[field]))
}

/** An earlier page, which could send nothing. */
async function leaveEvents(setup: Setup, keepProfile: string): Promise<void> {
  await inFreshBrowser(
    async (page) => {
      await openSdk(setup, page, ARUNIKA, UNREACHABLE, SEND_NOTHING)
      await page.evaluate(`report.inSlices(${EVENTS}, 100)`)
      await page.evaluate('bench.close()')
    },
    { keepProfile },
  )
}

async function traceStart(setup: Setup, profile?: string, options?: object): Promise<Start> {
  return inFreshBrowser(
    async (page) => {
      await page.open(pageOf(setup.site, ARUNIKA))
      await sleep(300)
      const phases = await traced(page, async () => {
        await page.evaluate(`${markOf('start')}; ${startOf(UNREACHABLE, options)}`)
        await sleep(WATCH_MS)
        await page.evaluate(markOf('end'))
      })
      const tasks = phases.get('start') ?? []
      return {
        wallMs: tasks.reduce((sum, { wallMs }) => sum + wallMs, 0),
        cpuMs: tasks.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
        longest: tasks.sort((a, b) => b.wallMs - a.wallMs)[0],
      }
    },
    profile === undefined ? {} : { profile },
  )
}

async function timeOfFirstRequest(setup: Setup, profile: string): Promise<number> {
  const { collector, site } = setup
  return inFreshBrowser(
    async (page) => {
      await page.open(pageOf(site, ARUNIKA))
      await collector.ask({ reset: true, isIll: false })
      const startedAt = await page.evaluate<number>(
        `const startedAt = Date.now(); ${startOf(collector.endpoint)}; startedAt`,
      )
      const { firstRequestAt, events } = await collector.settled(EVENTS, {
        quietMs: 8_000,
        timeoutMs: 20_000,
      })
      if (firstRequestAt === null || events < EVENTS)
        throw new Error(`${events} of the ${EVENTS} events that waited arrived`)
      return firstRequestAt - startedAt
    },
    { profile },
  )
}
