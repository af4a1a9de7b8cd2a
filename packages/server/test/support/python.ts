import { execFile, spawnSync } from 'node:child_process'
import { join } from 'node:path'

const EXAMPLE = join(import.meta.dirname, '../../../../examples/python/log_event.py')

/** What the tests need comes from npm, and a Python does not: its example is tested where there is one. */
export const hasPython = spawnSync('python3', ['--version']).status === 0

/** Runs the example in Python; an environment variable is not set where its value is missing. */
export function logEventInPython(
  target: { endpoint: string; appId: string; apiKey?: string },
  email: string,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = {
    PATH: process.env['PATH'],
    ARUNIKA_ENDPOINT: target.endpoint,
    ARUNIKA_APP_ID: target.appId,
    ARUNIKA_API_KEY: target.apiKey,
  }
  return new Promise((resolve) => {
    execFile('python3', [EXAMPLE, 'login', email], { env }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    )
  })
}
