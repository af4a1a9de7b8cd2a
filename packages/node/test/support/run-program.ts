import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { API_KEY, APP_ID } from './credentials'
import { startProgram } from './start-program'

/** Runs a TypeScript program on the sources in a process of its own; ends it after 20 s. */
export async function runProgram(program: URL, endpoint: string, environment: Record<string, string> = {}) {
  const startedAt = Date.now()
  const child = startProgram(program, {
    environment: {
      ARUNIKA_APP_ID: APP_ID,
      ARUNIKA_API_KEY: API_KEY,
      ARUNIKA_ENDPOINT: endpoint,
      ...environment,
    },
    timeoutMs: 20_000,
  })
  const [stdout, stderr, [code, signal]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>,
  ])
  return { code, signal, stdout, stderr, tookMs: Date.now() - startedAt }
}
