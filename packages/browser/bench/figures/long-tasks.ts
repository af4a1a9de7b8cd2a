import { setTimeout as sleep } from 'node:timers/promises'
import { round, type Figure, type Findings, type Table } from '../../../../scripts/bench/figure'
import { inFreshBrowser } from '../browser'
import { openSdk, type Setup } from '../setup'
import { ARUNIKA } from '../subjects'
import { markOf, partsAsText, traced, type Phases, type Task } from '../trace'

const EVENTS = 10_000
/** Events that the app reports in one task. */
const SLICE = 100
const LIMIT_MS = 10
const PHASES = ['logging', 'waiting', 'delivering'] as const

/** The longest tasks while as many events wait as may, and while they are then delivered. */
export async function measureLongTasks(setup: Setup): Promise<Findings> {
  const rounds = setup.isQuick ? 1 : 3
  const all: Phases[] = []
  for (let number = 1; number <= rounds; number++) {
    setup.progress(`tasks: round ${number} of ${rounds}`)
    all.push(await traceRound(setup))
  }
  const findings: Findings = { figures: [], tables: [] }
  for (const phase of PHASES) {
    const tasks = all.flatMap((phases) => phases.get(phase) ?? []).sort((a, b) => b.wallMs - a.wallMs)
    findings.figures.push(figureOf(phase, tasks))
    findings.tables.push(tableOf(phase, tasks, rounds))
  }
  return findings
}

function figureOf(phase: string, [longest]: Task[]): Figure {
  const figure = { name: `longest task, ${EVENTS} events: ${phase}`, unit: 'ms', limit: LIMIT_MS }
  if (longest === undefined) return { ...figure, value: null, note: 'the trace holds no task' }
  return { ...figure, value: round(longest.wallMs), note: `${round(longest.cpuMs)} ms of it on a processor` }
}

function tableOf(phase: string, tasks: Task[], rounds: number): Table {
  const long = tasks.filter(({ wallMs }) => wallMs > LIMIT_MS).length
  const totalMs = tasks.reduce((sum, { wallMs }) => sum + wallMs, 0) / rounds
  return {
    title: `Tasks, ${phase}: ${long} of ${tasks.length} over ${LIMIT_MS} ms in ${rounds} rounds, ${round(totalMs)} ms in all a round; the longest`,
    rows: tasks.slice(0, 5).map(({ startMs, wallMs, cpuMs, parts }) => ({
      'at s': round(startMs / 1_000, 2),
      'wall ms': round(wallMs),
      'CPU ms': round(cpuMs),
      'of which ms': partsAsText(parts),
    })),
  }
}

async function traceRound(setup: Setup): Promise<Phases> {
  const { collector, isQuick } = setup
  return inFreshBrowser(async (page) => {
    const begin = (phase: (typeof PHASES)[number] | 'end') => page.evaluate(markOf(phase))
    await collector.ask({ reset: true, isIll: true })
    await openSdk(setup, page, ARUNIKA)
    await sleep(500)
    return traced(page, async () => {
      await begin('logging')
      await page.evaluate(`report.inSlices(${EVENTS}, ${SLICE})`)
      await begin('waiting')
      await sleep(isQuick ? 4_000 : 10_000)
      await collector.ask({ isIll: false })
      await begin('delivering')
      // Nothing waits for it: a try that fails is repeated.
      await page.evaluate('void bench.flush().catch(() => undefined)')
      const { events } = await collector.settled(EVENTS, { quietMs: 15_000, timeoutMs: 40_000 })
      await sleep(1_000)
      await begin('end')
      if (events < EVENTS) throw new Error(`${events} of ${EVENTS} waiting events arrived`)
    })
  })
}
