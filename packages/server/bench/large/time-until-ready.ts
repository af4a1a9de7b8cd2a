import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { spawnServer, type Database } from '../server-process'

/** Between two questions, in milliseconds. */
const POLL_MS = 2
const MAX_READY_MS = 30_000

/** From the start of its process until a server says that it is ready, in milliseconds. */
export async function timeUntilReady(database: Database): Promise<number> {
  const start = performance.now()
  const { url, stop } = await spawnServer(database)
  try {
    for (;;) {
      const { status } = await fetch(`${url}/readyz`)
      const ms = performance.now() - start
      if (status === 200) return ms
      if (ms > MAX_READY_MS)
        throw new Error(`The server is not ready after ${MAX_READY_MS / 1_000} s: ${status}`)
      await sleep(POLL_MS)
    }
  } finally {
    await stop()
  }
}

/** What Node itself takes to start and to end, in milliseconds. */
export async function timeOfNode(): Promise<number> {
  const start = performance.now()
  await once(spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'close')
  return performance.now() - start
}
