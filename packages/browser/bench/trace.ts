import type { Page } from './browser'

/** One task of the page's main thread. */
export interface Task {
  /** Milliseconds since the trace began. */
  startMs: number
  /** How long it kept the thread. */
  wallMs: number
  /** How long it kept a processor: less than the wall's time where the machine was busy with others. */
  cpuMs: number
  /** What took most of it. */
  parts: Part[]
}

interface Part {
  name: string
  /** Without what is inside of it. */
  selfMs: number
}

/** The parts that are worth a word. */
export function partsAsText(parts: Part[]): string {
  const large = parts.filter(({ selfMs }) => selfMs >= 0.3)
  return large.map(({ name, selfMs }) => `${name} ${selfMs.toFixed(1)}`).join(', ')
}

/** The tasks of each phase of a trace. */
export type Phases = Map<string, Task[]>

interface TraceEvent {
  name: string
  cat: string
  ph: string
  pid: number
  tid: number
  /** All in microseconds; `tdur` is the thread's own time. */
  ts: number
  dur?: number
  tdur?: number
  args: { data?: Record<string, unknown> } & Record<string, unknown>
}

const CATEGORIES = [
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'blink.user_timing',
  'v8',
  'IndexedDB',
]

/** By a mark of the page with such a name a phase begins, and by that its main thread is known. */
const MARK = 'bench:'

/** The code of a page that begins a phase. */
export function markOf(phase: string): string {
  return `void performance.mark(${JSON.stringify(MARK + phase)})`
}

/** Records what the main thread does meanwhile, by the phases that {@link markOf} marks. */
export async function traced({ devTools }: Page, use: () => Promise<void>): Promise<Phases> {
  const traceConfig = {
    recordMode: 'recordUntilFull',
    includedCategories: CATEGORIES,
    excludedCategories: ['*'],
  }
  await devTools.send('Tracing.start', { transferMode: 'ReturnAsStream', traceConfig })
  await use()
  const complete = devTools.next<{ stream: string }>('Tracing.tracingComplete')
  await devTools.send('Tracing.end')
  const { stream } = await complete
  let json = ''
  for (let eof = false; !eof;) {
    const part = await devTools.send<{ data: string; eof: boolean }>('IO.read', { handle: stream })
    json += part.data
    eof = part.eof
  }
  return phasesOf((JSON.parse(json) as { traceEvents: TraceEvent[] }).traceEvents)
}

function phasesOf(events: TraceEvent[]): Phases {
  const marks = events
    .filter(({ cat, name }) => cat.includes('blink.user_timing') && name.startsWith(MARK))
    .sort((a, b) => a.ts - b.ts)
  const [first] = marks
  if (first === undefined) throw new Error('the trace has no mark: it may have been too long')
  const thread = events.filter(({ pid, tid, ph }) => pid === first.pid && tid === first.tid && ph === 'X')
  thread.sort((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))
  const phases: Phases = new Map(marks.map(({ name }) => [name.slice(MARK.length), []]))
  thread.forEach((event, index) => {
    if (event.name !== 'RunTask') return
    const end = event.ts + (event.dur ?? 0)
    // The task that sets a mark belongs to the phase that it begins.
    const phase = marks
      .filter(({ ts }) => ts <= end)
      .at(-1)
      ?.name.slice(MARK.length)
    if (phase === undefined) return
    const inside: TraceEvent[] = []
    for (let i = index + 1; i < thread.length; i++) {
      const other = thread[i]
      if (other === undefined || other.ts >= end) break
      inside.push(other)
    }
    phases.get(phase)?.push({
      startMs: (event.ts - first.ts) / 1_000,
      wallMs: (event.dur ?? 0) / 1_000,
      cpuMs: (event.tdur ?? event.dur ?? 0) / 1_000,
      parts: partsOf(inside),
    })
  })
  return phases
}

/** The time of each kind of work in a task, without what is inside of it; the longest first. */
function partsOf(inside: TraceEvent[]): Part[] {
  const selfUs = new Map<string, number>()
  const open: { end: number; name: string }[] = []
  for (const event of inside) {
    while (open.length > 0 && (open.at(-1)?.end ?? 0) <= event.ts) open.pop()
    const dur = event.dur ?? 0
    const parent = open.at(-1)
    // What only wraps its content says nothing: its time is its parent's.
    const name = nameOf(event) ?? parent?.name ?? event.name
    selfUs.set(name, (selfUs.get(name) ?? 0) + dur)
    if (parent !== undefined) selfUs.set(parent.name, (selfUs.get(parent.name) ?? 0) - dur)
    open.push({ end: event.ts + dur, name })
  }
  return [...selfUs]
    .map(([name, us]) => ({ name, selfMs: us / 1_000 }))
    .sort((a, b) => b.selfMs - a.selfMs)
    .slice(0, 5)
}

function nameOf({ name, args }: TraceEvent): string | null {
  const { data = {} } = args
  if (name === 'FunctionCall') return `function ${textOf(data['functionName']) || '(anonymous)'}`
  if (name === 'EventDispatch') return `event ${textOf(data['type'])}`
  if (/^(v8\.callFunction|V8\.Execute|v8\.run|V8\.GC_|V8\.GCScavenger|Blink)/i.test(name)) return null
  return name
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
