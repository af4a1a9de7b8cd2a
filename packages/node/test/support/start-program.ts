import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** How a program runs. */
export interface ProgramOptions {
  environment: Record<string, string>
  /** For Node itself. */
  flags?: string[]
  /** Kills it after this time. */
  timeoutMs?: number
}

/** Starts a TypeScript program on the sources in a process of its own. */
export function startProgram(program: URL, { environment, flags = [], timeoutMs }: ProgramOptions) {
  const source = ['--conditions=@arunika/source', '--import', 'tsx']
  return spawn(process.execPath, [...flags, ...source, fileURLToPath(program)], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
  })
}
