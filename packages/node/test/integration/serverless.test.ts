import { EventEmitter, once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { Answer as FunctionAnswer, Call } from '../fixtures/function-instance'
import { API_KEY, APP_ID } from '../support/credentials'
import { sendJson, startIngestServer, type Answer } from '../support/ingest-server'
import { startProgram } from '../support/start-program'

const PROGRAM = new URL('../fixtures/function-instance.ts', import.meta.url)

let server: Awaited<ReturnType<typeof startIngestServer>>
beforeEach(async () => {
  server = await startIngestServer()
})
afterEach(() => server.close())

/** How the server lets go of connections while the other side cannot hear of it. */
type Closing = 'closes' | 'resets' | 'keeps'

/** A function's instance that is frozen whenever it has answered. */
function startInstance() {
  const child = startProgram(PROGRAM, {
    environment: { ARUNIKA_APP_ID: APP_ID, ARUNIKA_API_KEY: API_KEY, ARUNIKA_ENDPOINT: server.endpoint },
    timeoutMs: 50_000,
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const answers = new EventEmitter()
  createInterface(child.stdout).on('line', (line) => {
    if (line.startsWith('answer ')) answers.emit('answer', JSON.parse(line.slice('answer '.length)))
  })

  return {
    /** Wakes it with a call, and freezes it when it has answered. */
    async call(name: string, { dataBytes = 10 } = {}): Promise<FunctionAnswer> {
      const answered = once(answers, 'answer') as Promise<[FunctionAnswer]>
      const call: Call = { name, dataBytes }
      // Written first, so that it finds the call, old timers and the ends of connections all at once.
      child.stdin.write(`${JSON.stringify(call)}\n`)
      child.kill('SIGCONT')
      const [answer] = await answered
      child.kill('SIGSTOP')
      return answer
    },
    /** Lets time pass in which it is frozen: more than its timers had to run. */
    async freeze(closing: Closing): Promise<void> {
      const closed = [...server.sockets].map(async (socket) => {
        if (closing === 'keeps') return
        const gone = once(socket, 'close')
        if (closing === 'closes') socket.destroy()
        else socket.resetAndDestroy()
        await gone
      })
      await Promise.all([...closed, setTimeout(600)])
    },
  }
}

const committed = () =>
  Object.fromEntries(
    server.requests.flatMap(({ events }) =>
      events.map(({ eventType, eventId }) => [eventType, server.commits.get(eventId)]),
    ),
  )

describe('a function that is frozen between its calls', () => {
  it.each<[Closing, number]>([
    ['keeps', 10],
    ['closes', 10],
    ['resets', 10],
    ['closes', 700_000],
    ['resets', 700_000],
  ])(
    'has delivered the events of each call by its answer, where the server %s connections: %i bytes',
    async (closing, dataBytes) => {
      const instance = startInstance()
      for (const name of ['call_1', 'call_2', 'call_3', 'call_4']) {
        expect(await instance.call(name, { dataBytes })).toEqual({ name, flushed: 'ok', errors: [] })
        expect(committed()).toHaveProperty(name, 1)
        await instance.freeze(closing)
      }
      expect(new Set(server.commits.values())).toEqual(new Set([1]))
    },
  )

  it('sends with the next call what could not be sent with those before', async () => {
    const sick: Answer = (_, response) => sendJson(response, 503, {}, { connection: 'close' })
    server.script.push(sick, sick)
    const instance = startInstance()
    const flushed: FunctionAnswer['flushed'][] = []
    for (const name of ['call_1', 'call_2', 'call_3']) {
      flushed.push((await instance.call(name)).flushed)
      await instance.freeze('closes')
    }
    expect(flushed[0]).toEqual({ code: 'server_failed' })
    expect(flushed[2]).toBe('ok')
    expect(committed()).toEqual({ call_1: 1, call_2: 1, call_3: 1 })
  })

  it('sends again under the same id what was stored and not answered', async () => {
    server.script.push((request, response) => {
      server.commit(request)
      response.socket!.destroy()
    })
    const instance = startInstance()
    expect(await instance.call('call_1')).toMatchObject({ flushed: { code: 'network_failed' } })
    await instance.freeze('closes')
    expect(await instance.call('call_2')).toMatchObject({ flushed: 'ok' })
    expect(committed()).toEqual({ call_1: 2, call_2: 1 })
    expect(server.commits.size).toBe(2)
  })
})
