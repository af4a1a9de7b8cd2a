import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/** What has reached the collector since the last reset. */
export interface Count {
  requests: number
  preflights: number
  /** Of the bodies, as they were sent. */
  bytes: number
  /** Each id once; those without an id all. */
  events: number
  /** Events whose id had come before. */
  repeated: number
  /** Milliseconds since the epoch. */
  firstRequestAt: number | null
  lastEventAt: number | null
  /** Requests that it did not know, or could not read. */
  problems: string[]
}

export interface ToCollector {
  reset?: boolean
  /** Whether it answers 503 from now on. */
  isIll?: boolean
  /** How long each answer takes from now on, in milliseconds: a network that is far. */
  delayMs?: number
}

export interface FromCollector {
  endpoint?: string
  count?: Count
}

/** The collector's process, as the benchmark sees it. */
export interface Collector {
  readonly endpoint: string
  /** Changes how it answers, and gives what it has counted; one at a time. */
  ask(message?: ToCollector): Promise<Count>
  /** Resolves when so many events have come, when no more come for a while, or when the time is over. */
  settled(events: number, limits: { quietMs: number; timeoutMs: number }): Promise<Count>
  stop(): void
}

export async function startCollector(): Promise<Collector> {
  const child = fork(fileURLToPath(new URL('collector-process.ts', import.meta.url)))
  const answer = async () => (await once(child, 'message'))[0] as FromCollector
  const { endpoint } = await answer()
  if (endpoint === undefined) throw new Error('the collector gave no address')

  async function ask(message: ToCollector = {}): Promise<Count> {
    child.send(message)
    const { count } = await answer()
    if (count === undefined) throw new Error('the collector gave no count')
    return count
  }

  return {
    endpoint,
    ask,
    async settled(events, { quietMs, timeoutMs }) {
      const started = Date.now()
      let last = await ask()
      let changed = started
      while (last.events < events && Date.now() - changed < quietMs && Date.now() - started < timeoutMs) {
        await sleep(50)
        const next = await ask()
        if (next.events !== last.events) changed = Date.now()
        last = next
      }
      return last
    },
    stop: () => void child.kill('SIGKILL'),
  }
}
