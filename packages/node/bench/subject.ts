import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Count } from '../../../scripts/bench/collector'
import type { Installed, Setup } from './setup'

/** Events of a burst. */
export const EVENTS = 20_000
/** Events that the app reports in one task, as a busy server does; it waits for nothing in between. */
export const SLICE = 100
/** The calls of which the time is not taken: the engine has not compiled them yet. */
const WARM_UP = 2_000

/** Once the subject says that all is sent, no more is waited for than this. */
const DELIVERY = { quietMs: 1_500, timeoutMs: 10_000 }
/** Some peers never say so. */
const FLUSH_MS = 10_000
/** A subject that says nothing for so long has hung. */
const ANSWER_MS = 25_000

const SUBJECT_PROCESS = fileURLToPath(new URL('subject-process.mjs', import.meta.url))

/** What a subject tells when it is asked. */
interface Told {
  /** Milliseconds since the epoch. */
  startedAt: number
  /** Until a call returns, in microseconds. */
  callUs: number
  /** Of its process, from the first call on. */
  cpuMs: number
  /** The most memory of its process. */
  rssMb: number
}

/** What one burst of one subject was. */
export interface Burst extends Count, Told {
  /** From the first call until the last event had arrived. */
  ms: number
}

/**
 * Runs a subject in a fresh process, which reports {@link EVENTS} events.
 *
 * @param delayMs - How long each answer takes.
 */
export async function burst(
  { collector }: Setup,
  { subject, folder }: Installed,
  delayMs = 0,
): Promise<Burst> {
  await collector.ask({ reset: true, isIll: false, delayMs })
  const spool = subject.isSpooled ? await mkdtemp(join(tmpdir(), 'arunika-bench-spool-')) : undefined
  const options = {
    driver: subject.driver,
    folder,
    endpoint: collector.endpoint,
    settings: { ...subject.settings, ...(spool !== undefined && { spool }) },
    events: EVENTS,
    slice: SLICE,
    warmUp: WARM_UP,
    flushMs: FLUSH_MS,
  }
  const child = fork(SUBJECT_PROCESS, [JSON.stringify(options)], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const end = () => {
    child.kill('SIGKILL')
    if (spool !== undefined) rmSync(spool, { recursive: true, force: true })
  }
  process.once('exit', end)
  try {
    const next = messagesOf(child)
    await next()
    const count = await collector.settled(EVENTS, DELIVERY)
    child.send('tell')
    const told = (await next()) as Told
    return { ...count, ...told, ms: (count.lastEventAt ?? NaN) - told.startedAt }
  } finally {
    process.off('exit', end)
    end()
  }
}

/** What a subject says, one message after the other. */
function messagesOf(child: ChildProcess): () => Promise<unknown> {
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(0, 1_000)))
  const ended = once(child, 'close').then(() => Promise.reject(new Error(`its process ended: ${said}`)))
  ended.catch(() => undefined)
  return async () => {
    const patience = new AbortController()
    const hung = sleep(ANSWER_MS, undefined, patience).then(() =>
      Promise.reject(new Error(`it said nothing for ${ANSWER_MS / 1_000} s: ${said}`)),
    )
    hung.catch(() => undefined)
    try {
      const [message] = (await Promise.race([once(child, 'message'), ended, hung])) as unknown[]
      return message
    } finally {
      patience.abort()
    }
  }
}
