import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { OptionsError, shutdownOnSignals } from '../../src/index'
import type { Settings } from '../fixtures/ends-by-signal'
import { startClient } from '../support/client'
import { API_KEY, APP_ID } from '../support/credentials'
import { startIngestServer } from '../support/ingest-server'
import { startProgram } from '../support/start-program'

const PROGRAM = new URL('../fixtures/ends-by-signal.ts', import.meta.url)

let server: Awaited<ReturnType<typeof startIngestServer>>
beforeEach(async () => {
  server = await startIngestServer()
})
afterEach(() => server.close())

/** Starts the program, and resolves when its events wait. */
async function start(settings: Partial<Settings> = {}) {
  const all = { endpoints: [server.endpoint], appId: APP_ID, apiKey: API_KEY, options: {}, ...settings }
  const child = startProgram(PROGRAM, {
    environment: { ARUNIKA_SETTINGS: JSON.stringify(all) },
    timeoutMs: 30_000,
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const lines: string[] = []
  const output = createInterface(child.stdout)
  output.on('line', (line) => lines.push(line))
  const stderr = text(child.stderr)
  const ended = Promise.all([once(child, 'exit'), once(output, 'close')])
  await Promise.race([once(output, 'line'), stderr.then((message) => Promise.reject(new Error(message)))])
  expect(lines.splice(0)).toEqual(['ready'])
  return {
    kill: (signal: NodeJS.Signals) => void child.kill(signal),
    async end() {
      const [[code, signal]] = (await ended) as [[number | null, NodeJS.Signals | null], unknown]
      return { code, signal, lines, stderr: await stderr }
    },
  }
}

describe('a process that gets a signal', () => {
  it.each<[NodeJS.Signals, Settings['options']]>([
    ['SIGTERM', {}],
    ['SIGINT', {}],
    ['SIGUSR2', { signals: ['SIGUSR2'] }],
  ])('delivers what waits, and ends by it: %s', async (signal, options) => {
    const program = await start({ options })
    program.kill(signal)
    expect(await program.end()).toEqual({ code: null, signal, lines: ['delivered 0'], stderr: '' })
    expect(server.commits.size).toBe(1)
  })

  it('ends at once by one that is not listened for', async () => {
    const program = await start({ options: { signals: ['SIGINT'] } })
    program.kill('SIGTERM')
    expect(await program.end()).toEqual({ code: null, signal: 'SIGTERM', lines: [], stderr: '' })
  })

  it('ends in time though the server hangs, and tells what it lost', async () => {
    server.script.push(() => undefined)
    const program = await start({ options: { timeoutMs: 100 } })
    program.kill('SIGTERM')
    expect(await program.end()).toMatchObject({ signal: 'SIGTERM', lines: ['dropped 0 shutdown'] })
  })

  it('waits for all of its clients', async () => {
    const hanging = await startIngestServer()
    onTestFinished(() => hanging.close())
    hanging.script.push(() => undefined)
    const endpoints = [server.endpoint, hanging.endpoint, server.endpoint]
    const program = await start({ endpoints, options: { timeoutMs: 1_000 } })
    program.kill('SIGTERM')
    const { signal, lines } = await program.end()
    expect(signal).toBe('SIGTERM')
    expect(lines.slice(0, 2).sort()).toEqual(['delivered 0', 'delivered 2'])
    expect(lines.slice(2)).toEqual(['dropped 1 shutdown'])
  })

  it.each<[NodeJS.Signals, string]>([
    ['SIGTERM', 'the same'],
    ['SIGINT', 'another'],
  ])('ends at once by a second one, %s, which is %s', async (second) => {
    server.script.push(() => undefined)
    const program = await start({ endpoints: [server.endpoint, server.endpoint] })
    const startedAt = Date.now()
    program.kill('SIGTERM')
    await server.received(1)
    program.kill(second)
    expect(await program.end()).toMatchObject({ code: null, signal: second })
    expect(Date.now() - startedAt).toBeLessThan(8_000) // below the 10 s of the shutdown
  })
})

describe('an app that listens for the signal itself', () => {
  it.each<[NonNullable<Settings['listens']>]>([
    [{ by: 'on', isFirst: true }],
    [{ by: 'on', isFirst: false }],
    [{ by: 'once', isFirst: true }],
    [{ by: 'once', isFirst: false }],
  ])('ends the process itself, after the shutdown: %j', async (listens) => {
    const program = await start({ endpoints: [server.endpoint, server.endpoint], listens })
    program.kill('SIGTERM')
    const { code, signal, lines, stderr } = await program.end()
    expect({ code, signal, stderr }).toEqual({ code: 7, signal: null, stderr: '' })
    expect(lines).toHaveLength(4)
    expect(lines[0]).toBe('the app listens')
    expect(lines.slice(1, 3).sort()).toEqual(['delivered 0', 'delivered 1'])
    expect(lines[3]).toBe('the app ends')
  })
})

describe('shutdownOnSignals', () => {
  const count = () => process.listenerCount('SIGTERM') + process.listenerCount('SIGINT')

  it.each([-1, NaN, 1.5, 2 ** 31, '5' as unknown as number])(
    'throws where timeoutMs is %s, and listens for nothing',
    (timeoutMs) => {
      const before = count()
      const { arunika } = startClient(server.endpoint)
      expect(() => shutdownOnSignals(arunika, { timeoutMs })).toThrow(OptionsError)
      expect(count()).toBe(before)
    },
  )

  it('gives a function that removes its listeners, and leaves others', () => {
    const other = () => undefined
    process.on('SIGTERM', other)
    onTestFinished(() => void process.off('SIGTERM', other))
    const before = count()
    const remove = shutdownOnSignals(startClient(server.endpoint).arunika)
    expect(count()).toBe(before + 2)
    remove()
    expect(count()).toBe(before)
    expect(process.listeners('SIGTERM')).toContain(other)
  })
})
