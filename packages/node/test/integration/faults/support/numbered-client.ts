import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import type { AtEnd, Command, Line, Settings } from '../../../fixtures/numbered-events'
import { startProgram } from '../../../support/start-program'

/** A process that makes numbered events, and all that its client has told so far. */
export interface NumberedClient {
  /** Events that it makes in all. */
  readonly count: number
  readonly told: Told
  /** Resolves when so much has been told. */
  until(isEnough: (told: Told) => boolean): Promise<void>
  /** Sets its clock so far ahead of the right time, in milliseconds. */
  setClock(aheadMs: number): void
  kill(signal: NodeJS.Signals): void
  /** From its first event to its end, or to now. */
  readonly tookMs: number
  /** How it ended. */
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; stderr: string }>
}

interface Told {
  made: number
  /** The most events that waited at the end of a tick. */
  mostWaiting: number
  readonly delivered: number[]
  readonly rejected: Required<Line>['rejected'][]
  readonly dropped: Required<Line>['dropped'][]
  readonly errors: Required<Line>['error'][]
  /** What it said of itself when every event had been told of, and it had shut down. */
  atEnd: AtEnd | null
}

/** Starts the process. */
export function startNumberedClient(settings: Settings): NumberedClient {
  const child = startProgram(new URL('../../../fixtures/numbered-events.ts', import.meta.url), {
    environment: { ARUNIKA_SETTINGS: JSON.stringify(settings) },
    flags: ['--expose-gc'],
  })
  const told: Told = {
    made: 0,
    mostWaiting: 0,
    delivered: [],
    rejected: [],
    dropped: [],
    errors: [],
    atEnd: null,
  }
  let startedAt: number | undefined
  let endedAt: number | undefined
  const lines = createInterface(child.stdout)
  lines.on('line', (text) => {
    startedAt ??= performance.now()
    const { made, delivered = [], rejected, dropped, error, ended } = JSON.parse(text) as Line
    if (made) {
      told.made = made.count
      told.mostWaiting = Math.max(told.mostWaiting, made.waiting)
    }
    told.delivered.push(...delivered)
    if (rejected) told.rejected.push(rejected)
    if (dropped) told.dropped.push(dropped)
    if (error) told.errors.push(error)
    if (ended) told.atEnd = ended
  })
  const ended = Promise.all([text(child.stderr), once(child, 'exit'), once(lines, 'close')]).then(
    ([stderr, [code, signal]]) => {
      endedAt = performance.now()
      return { code: code as number | null, signal: signal as NodeJS.Signals | null, stderr }
    },
  )

  const gone = ended.then((end) => Promise.reject(new Error(`It ended: ${JSON.stringify(end)}`)))
  gone.catch(() => undefined) // whoever waits for more gets it

  return {
    count: settings.count,
    told,
    ended,
    get tookMs() {
      const now = performance.now()
      return (endedAt ?? now) - (startedAt ?? now)
    },
    async until(isEnough) {
      while (!isEnough(told)) await Promise.race([once(lines, 'line'), gone])
    },
    setClock(aheadMs) {
      const command: Command = { clockMs: aheadMs }
      child.stdin.write(`${JSON.stringify(command)}\n`)
    },
    kill: (signal) => void child.kill(signal),
  }
}
