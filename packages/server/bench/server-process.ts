import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { peakMemoryMb } from './peak-memory'

/** What is published, and not the sources: as users run it. */
const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url))
const OPERATOR_TOKEN = 'operator-token-of-the-benchmark'
/** A server that has not started by then has hung. */
const START_MS = 30_000
/** It gives requests 5 s to end; what has not ended long after is killed. */
const STOP_MS = 15_000

/** Where a server keeps its events. */
export type Database = { folder: string } | { url: string }

/** The server, in a process of its own, and an app in it. */
export interface ServerProcess {
  url: string
  appId: string
  apiKey: string
  peakMemoryMb: () => Promise<number>
  stop: () => Promise<void>
}

/**
 * Starts `arunika-server` without a limit of rate. It ends with this process.
 *
 * @param app - The one to send to. @defaultValue a new one
 */
export async function startServer(
  database: Database,
  app?: { appId: string; apiKey: string },
): Promise<ServerProcess> {
  const { url, pid, stop } = await spawnServer(database)
  try {
    const { appId, apiKey } = app ?? (await createApp(url))
    return { url, appId, apiKey, peakMemoryMb: () => peakMemoryMb(pid), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function createApp(url: string): Promise<{ appId: string; apiKey: string }> {
  const response = await fetch(`${url}/api/apps`, {
    method: 'POST',
    headers: { authorization: `Bearer ${OPERATOR_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'bench' }),
  })
  if (!response.ok) throw new Error(`no app: ${response.status} ${await response.text()}`)
  const { app, apiKey } = (await response.json()) as { app: { appId: string }; apiKey: string }
  return { appId: app.appId, apiKey }
}

/** A server that listens, whatever it is ready for. */
export async function spawnServer(
  database: Database,
): Promise<{ url: string; pid: number; stop: () => Promise<void> }> {
  const where = 'url' in database ? ['--database', database.url] : ['--data', database.folder]
  const child = spawn(process.execPath, [CLI, 'start', '--port', '0', ...where], {
    env: {
      ...withoutSettings(process.env),
      ARUNIKA_OPERATOR_TOKEN: OPERATOR_TOKEN,
      ARUNIKA_RATE_LIMIT: 'off',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const kill = () => child.kill('SIGKILL')
  process.prependOnceListener('exit', kill)
  const ended = once(child, 'close')
  let said = ''
  const url = new Promise<string>((resolve, reject) => {
    const timeout = setTimeout(() => reject(new Error(`The server does not start: ${said}`)), START_MS)
    const listen = (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-2_000)
      const found = /http:\S+/.exec(said)?.[0]
      if (found !== undefined) resolve(found)
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    ended.then(() => reject(new Error(`The server ended: ${said}`)), reject)
    void ended.finally(() => clearTimeout(timeout))
  })

  async function stop(): Promise<void> {
    child.kill('SIGTERM')
    const timeout = setTimeout(kill, STOP_MS)
    await ended
    clearTimeout(timeout)
    process.off('exit', kill)
  }
  try {
    return { url: await url, pid: child.pid ?? NaN, stop }
  } catch (error) {
    kill()
    throw error
  }
}

/** What the person who runs the benchmark has set for a server of their own is not for this one. */
function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('ARUNIKA_')))
}
