import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../..', import.meta.url))

/** The backend, as a process of its own. */
export interface Backend {
  url: string
  stop: (signal: 'SIGTERM' | 'SIGKILL') => Promise<number | null>
}

/** Starts the backend, and resolves when it has printed its URL. */
export async function startBackend(environment: Record<string, string>): Promise<Backend> {
  const tsx = createRequire(import.meta.url).resolve('tsx')
  const child = spawn(process.execPath, ['--import', tsx, 'src/main.ts'], {
    cwd: folder,
    env: { ...process.env, PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await new Promise<string>((resolve, reject) => {
    let printed = ''
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString()
      const found = /https?:\/\/[^\s/]+:\d+/.exec(printed)?.[0]
      if (found !== undefined) resolve(found)
    })
    child.on('error', reject)
    child.on('exit', (code) =>
      reject(new Error(`The backend ended with ${code}, and had printed: ${printed}`)),
    )
  })
  return {
    url,
    async stop(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
      const exited = once(child, 'exit')
      child.kill(signal)
      await exited
      return child.exitCode
    },
  }
}
