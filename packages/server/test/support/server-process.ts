import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

const CLI = join(import.meta.dirname, '../../src/cli.ts')

/** How a process ended, and all that it wrote. */
export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

/** The command line as a process of its own. */
export interface CliProcess {
  child: ChildProcess
  ended: Promise<Ended>
  /** What it has written to stdout so far, once that holds a match. */
  printed: (pattern: RegExp) => Promise<string>
}

/**
 * Runs `arunika-server` from its sources.
 *
 * @param launcher - A program, and its arguments before those that it is to run.
 */
export function runCli(
  args: string[],
  env: Record<string, string> = {},
  launcher: string[] = [],
): CliProcess {
  const node = [process.execPath, '--conditions=@arunika/source', '--import', 'tsx']
  const [program = '', ...rest] = [...launcher, ...node, CLI, ...args]
  const child = spawn(program, rest, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const out = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk) => (out.stdout += String(chunk)))
  child.stderr.on('data', (chunk) => (out.stderr += String(chunk)))
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...out }))

  async function printed(pattern: RegExp): Promise<string> {
    while (!pattern.test(out.stdout)) {
      const gone = ended.then(({ stderr }) => Promise.reject(new Error(`It ended: ${stderr}`)))
      await Promise.race([once(child.stdout, 'data'), gone])
    }
    return out.stdout
  }
  return { child, ended, printed }
}

/** Starts the server on a data folder; resolves with its URL once it takes requests. */
export async function startProcess(
  data: string,
  env: Record<string, string> = {},
): Promise<CliProcess & { url: string; stdout: string }> {
  const running = runCli(['start', '--port', '0', '--data', data], env)
  const stdout = await running.printed(/http:\S+/)
  return { ...running, stdout, url: /http:\S+/.exec(stdout)?.[0] ?? '' }
}

/** Makes an app by the command line. */
export async function createAppIn(data: string): Promise<{ appId: string; apiKey: string }> {
  const { code, stdout, stderr } = await runCli([
    'apps',
    'create',
    '--name',
    'shop',
    '--data',
    data,
    '--json',
  ]).ended
  if (code !== 0) throw new Error(stderr)
  return JSON.parse(stdout) as { appId: string; apiKey: string }
}
