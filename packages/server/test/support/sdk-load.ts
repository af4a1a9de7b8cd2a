import { onTestFinished } from 'vitest'
// By its files: a dependency would be a circle, since the SDK's tests need this server.
import { Arunika } from '../../../node/src'
import type { Target } from './restartable-server'

/** The type of the events that the SDK sends. */
export const SDK_EVENT = 'order_paid'

/** The real SDK of Node, which numbers its events: `eventData.n` counts from 0. */
export interface SdkLoad {
  /** Logs nothing more; resolves with how many it has logged once the server has named them all. */
  finish: () => Promise<number>
  /** How often it had to try again. */
  failures: () => number
  /** What it gave up, and what the server refused: nothing. */
  lost: unknown[]
}

/** Logs about a hundred events a second. */
export function startSdk({ url, appId, apiKey }: Target): SdkLoad {
  const arunika = new Arunika({ endpoint: url, appId, apiKey, flushIntervalMs: 50 })
  const lost: unknown[] = []
  let failures = 0
  let logged = 0
  arunika.on('dropped', (dropped) => lost.push(dropped))
  arunika.on('rejected', (rejected) => lost.push(rejected))
  arunika.on('error', () => failures++)
  const log = setInterval(() => {
    const n = logged++
    arunika.logActivity({ userId: `user_${n % 20}`, email: `${n % 7}@sdk.example` }, SDK_EVENT, undefined, {
      n,
    })
  }, 10)
  onTestFinished(async () => {
    clearInterval(log)
    await arunika.shutdown({ timeoutMs: 0 })
  })

  return {
    lost,
    failures: () => failures,
    async finish() {
      clearInterval(log)
      await arunika.flush()
      return logged
    },
  }
}
