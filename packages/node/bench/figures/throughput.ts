import { messageOf } from '../../../../scripts/bench/benchmark'
import { median, round, type Figure, type Findings } from '../../../../scripts/bench/figure'
import type { Installed, Setup } from '../setup'
import { burst, EVENTS, SLICE, type Burst } from '../subject'
import { OURS, POSTHOG, RAW, SPOOLED, type Subject } from '../subjects'

/** What the CPU time is told for. */
const CPU_EVENTS = 100_000
/** A subject whose first burst takes longer is measured no more: once is enough to see that. */
const SLOW_MS = 5_000

/** The same burst by every subject: what arrives, how fast, and what it costs. */
export async function measureThroughput(setup: Setup): Promise<Findings> {
  const rounds = setup.isQuick ? 1 : 7
  const results = new Map<Installed, Burst[]>(setup.installed.map((one) => [one, []]))
  for (let number = 1; number <= rounds; number++) {
    // Each in turn, so that a busy minute of the machine is not one subject's alone.
    for (const [installed, list] of results) {
      if (list.some(({ ms }) => ms > SLOW_MS)) continue
      setup.progress(`throughput: round ${number} of ${rounds}, ${installed.subject.name}`)
      const result = await tried(setup, installed)
      if (result === null) results.delete(installed)
      else list.push(result)
    }
  }
  const summaries = [...results].map(([{ subject }, list]) => summaryOf(subject, list))
  const title =
    `${EVENTS.toLocaleString('en')} events, ${SLICE} a task (medians of ${rounds} rounds; ` +
    `of one where it took more than ${SLOW_MS / 1_000} s)`
  return { figures: figuresOf(summaries), tables: [{ title, rows: summaries.map(rowOf) }] }
}

/** `null` where it does not run, which becomes a problem: a peer, or the spool. Ours must. */
async function tried(setup: Setup, installed: Installed): Promise<Burst | null> {
  const { subject } = installed
  try {
    return await burst(setup, installed)
  } catch (error) {
    if (subject === OURS || subject === RAW) throw error
    setup.problems.push(`${subject.name} does not run: ${messageOf(error)}`)
    return null
  }
}

interface Summary {
  subject: Subject
  /** Events that arrived a second; the worst and the best round beside. */
  perSecond: number
  range: [number, number]
  arrived: number
  repeated: number
  callUs: number
  /** For {@link CPU_EVENTS} that arrived. */
  cpuSeconds: number
  requests: number
  bytesPerEvent: number
  rssMb: number
  problems: string[]
}

function summaryOf(subject: Subject, bursts: Burst[]): Summary {
  const of = (value: (one: Burst) => number) => median(bursts.map(value))
  const rates = bursts.map(({ events, ms }) => (events / ms) * 1_000)
  return {
    subject,
    perSecond: median(rates),
    range: [Math.min(...rates), Math.max(...rates)],
    arrived: of(({ events }) => events),
    repeated: of(({ repeated }) => repeated),
    callUs: of(({ callUs }) => callUs),
    cpuSeconds: of(({ cpuMs, events }) => ((cpuMs / events) * CPU_EVENTS) / 1_000),
    requests: of(({ requests }) => requests),
    bytesPerEvent: of(({ bytes, events }) => bytes / events),
    rssMb: of(({ rssMb }) => rssMb),
    problems: [...new Set(bursts.flatMap((one) => one.problems))].slice(0, 3),
  }
}

function rowOf(summary: Summary): Record<string, string | number | null> {
  const { subject, range, problems } = summary
  return {
    SDK: subject.name,
    'events/s': Math.round(summary.perSecond),
    'least–most': range.map((rate) => Math.round(rate).toLocaleString('en')).join('–'),
    arrived: summary.arrived,
    lost: EVENTS - summary.arrived,
    repeated: summary.repeated,
    'µs a call': round(summary.callUs, 2),
    [`CPU s for ${CPU_EVENTS.toLocaleString('en')}`]: round(summary.cpuSeconds, 2),
    requests: summary.requests,
    'bytes an event': Math.round(summary.bytesPerEvent),
    'RSS MB': Math.round(summary.rssMb),
    ...(problems.length > 0 && { problems: problems.join('; ') }),
  }
}

function figuresOf(summaries: Summary[]): Figure[] {
  const ours = summaries.find(({ subject }) => subject === OURS)
  if (ours === undefined) throw new Error('ours was not measured')
  const peers = summaries.filter(({ subject }) => subject.peer !== undefined)
  const complete = peers.filter(({ arrived }) => arrived === EVENTS)
  const fastest = best(
    complete.filter(({ subject }) => !subject.isGathered),
    ({ perSecond }) => -perSecond,
  )
  const cheapest = best(complete, ({ cpuSeconds }) => cpuSeconds)
  const raw = summaries.find(({ subject }) => subject === RAW)
  const spooled = summaries.find(({ subject }) => subject === SPOOLED)
  const posthog = best(
    peers.filter(({ subject }) => subject.peer === POSTHOG),
    ({ callUs }) => callUs,
  )
  const figures: Figure[] = [
    { name: 'events lost', value: EVENTS - ours.arrived, unit: 'events', limit: 0 },
    ratio('events/s, of the best’s that takes events one by one', ours, fastest, 2),
    ratio('events/s, of the raw loop’s', ours, raw, 0.5),
    ratio('events/s with the spool, of those without', spooled, ours, 0.5),
  ]
  if (posthog !== undefined) {
    const [value, limit] = [round(ours.callUs, 2), round(posthog.callUs, 2)]
    figures.push({ name: `a call, beside ${posthog.subject.name}`, value, unit: 'µs', limit })
  }
  if (cheapest !== undefined) {
    const [value, limit] = [round(ours.cpuSeconds, 2), round(cheapest.cpuSeconds, 2)]
    figures.push({
      name: `CPU for ${CPU_EVENTS.toLocaleString('en')} events, beside ${cheapest.subject.name}`,
      value,
      unit: 's',
      limit,
    })
  }
  return figures
}

/** How many times as fast. */
function ratio(name: string, one: Summary | undefined, other: Summary | undefined, limit: number): Figure {
  const figure = { name, unit: 'times', limit, bound: 'least' } as const
  if (one === undefined || other === undefined) return { ...figure, value: null, note: 'was not measured' }
  const rates = [one, other].map(({ subject, perSecond }) => `${subject.name} ${Math.round(perSecond)}`)
  return { ...figure, value: round(one.perSecond / other.perSecond, 2), note: rates.join(', ') }
}

/** The one with the least cost. */
function best(summaries: Summary[], cost: (summary: Summary) => number): Summary | undefined {
  return [...summaries].sort((a, b) => cost(a) - cost(b))[0]
}
