import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'

/** A program of the repository that runs for a test. */
export interface Program {
  /** The URL that it has printed. */
  url: string
  /** Ends it. @returns Its exit code, `null` where the signal ended it. */
  stop: (signal: 'SIGTERM' | 'SIGKILL') => Promise<number | null>
}

/** Starts a program, and resolves when it has printed its URL. */
export async function startProgram(
  script: string,
  args: string[],
  environment: Record<string, string> = {},
): Promise<Program> {
  const child = spawn(process.execPath, [script, ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await printedUrl(child, script)
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

function printedUrl(child: ChildProcess, script: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString()
      const url = /https?:\/\/[^\s/]+:\d+/.exec(printed)?.[0]
      if (url !== undefined) resolve(url)
    })
    child.on('error', reject)
    child.on('exit', (code) => reject(new Error(`${script} ended with ${code}, and had printed: ${printed}`)))
  })
}
