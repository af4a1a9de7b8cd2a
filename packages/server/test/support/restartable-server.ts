import { createServer } from 'node:net'
import { dirname } from 'node:path'
import { HEADERS } from '@arunika/protocol'
import { onTestFailed } from 'vitest'
import { runCli, type CliProcess, type Ended } from './server-process'
import { json, read } from './start-server'

const OPERATOR_TOKEN = 'the-operator-of-the-tests'

/** Of what a process wrote to stderr, in a test that failed. */
const MAX_SHOWN = 2_000

/** An app, where to send its events, and what every request of it holds. */
export interface Target {
  url: string
  appId: string
  apiKey: string
  headers: Record<string, string>
}

/** A server in a process of its own that is ended and started again, always on the same port. */
export interface RestartableServer {
  url: string
  /** Resolves once it takes requests. */
  start: () => Promise<void>
  /** Runs it, and does not wait for it. */
  spawn: () => CliProcess
  /** As a crash. */
  kill: () => Promise<void>
  /** As a process manager does it. */
  stop: () => Promise<Ended>
  /** The one that runs, or ran last. */
  process: () => CliProcess
  createApp: () => Promise<Target>
}

/**
 * A server that is not started yet.
 *
 * @param launcher - What starts Node with its arguments, for limits that a process cannot give itself.
 */
export async function restartableServer(
  database: string,
  { launcher = [] }: { launcher?: string[] } = {},
): Promise<RestartableServer> {
  const port = String(await freePort())
  const url = `http://127.0.0.1:${port}`
  const where = /^postgres/.test(database) ? ['--database', database] : ['--data', dirname(database)]
  let running: CliProcess | undefined

  function current(): CliProcess {
    if (running === undefined) throw new Error('The server was not started')
    return running
  }
  const spawn = () =>
    (running = runCli(
      ['start', '--port', port, ...where],
      { ARUNIKA_OPERATOR_TOKEN: OPERATOR_TOKEN, ARUNIKA_RATE_LIMIT: 'off' },
      launcher,
    ))
  onTestFailed(async () => {
    running?.child.kill('SIGKILL')
    const ended = await running?.ended
    console.error(ended && { ...ended, stderr: ended.stderr.slice(0, MAX_SHOWN) })
  })
  async function end(signal: NodeJS.Signals): Promise<Ended> {
    current().child.kill(signal)
    return current().ended
  }

  return {
    url,
    spawn,
    process: current,
    async start() {
      await spawn().printed(/http:\S+/)
    },
    async kill() {
      await end('SIGKILL')
    },
    stop: () => end('SIGTERM'),
    async createApp() {
      const init = json({ name: 'shop' })
      const headers = { ...init.headers, authorization: `Bearer ${OPERATOR_TOKEN}` }
      const answer = await fetch(`${url}/api/apps`, { ...init, headers })
      const { app, apiKey } = await read<{ app: { appId: string }; apiKey: string }>(answer)
      return targetOf(url, { appId: app.appId, apiKey })
    },
  }
}

/** An app at a server. */
export function targetOf(url: string, { appId, apiKey }: { appId: string; apiKey: string }): Target {
  const headers = {
    [HEADERS.appId]: appId,
    [HEADERS.apiKey]: apiKey,
    'content-type': 'application/json',
  }
  return { url, appId, apiKey, headers }
}

/**
 * A port that no client is given for its end of a connection: such a client would keep the server from starting again, or, as it
 * tries to connect, meet itself.
 */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000)
    const server = createServer()
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false))
      server.listen(port, '127.0.0.1', () => resolve(true))
    })
    if (!isFree) continue
    await new Promise((resolve) => server.close(resolve))
    return port
  }
}
