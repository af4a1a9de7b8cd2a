import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'
import { startProgram } from './start-program'

/** What a writer needs. */
export interface WriterOptions {
  endpoint: string
  appId: string
  apiKey: string
  folder: string
  /** The number of its first event. */
  from: number
}

/** A process that takes 500 events a second with a spool, named `n` and their number, until it is killed. */
export function startWriter({ endpoint, appId, apiKey, folder, from }: WriterOptions) {
  const child = startProgram(new URL('../fixtures/spool-writer.ts', import.meta.url), {
    environment: {
      ARUNIKA_APP_ID: appId,
      ARUNIKA_API_KEY: apiKey,
      ARUNIKA_ENDPOINT: endpoint,
      ARUNIKA_SPOOL: folder,
      ARUNIKA_FROM: String(from),
    },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const lines = createInterface(child.stdout)
  const stderr = text(child.stderr)
  /** The number of the last event whose tick is complete. */
  let last = from - 1
  lines.on('line', (line) => (last = Number(line)))
  return {
    /** Resolves when its first tick is complete. */
    started: Promise.race([
      once(lines, 'line'),
      stderr.then((message) => Promise.reject(new Error(message))),
    ]),
    /** Resolves when the tick of the event with this number is complete. */
    async reached(number: number) {
      while (last < number) await once(lines, 'line')
    },
    /** Ends it as it stands. Gives back the number of the last event whose tick is complete, and what it complained of. */
    async kill() {
      // Its files are closed before it is gone, by which others know that it is dead.
      const ended = Promise.all([once(lines, 'close'), once(child, 'exit')])
      child.kill('SIGKILL')
      await ended
      return { last, stderr: await stderr }
    },
  }
}
