import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { HEADERS } from '@arunika/protocol'
import { expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { connectTo } from '../support/connection'
import { aServerEvent } from '../support/events'
import { expectProblem } from '../support/problems'
import { startServer } from '../support/start-server'

/** What the server gives a request or a stream that does not end: well within the 10 s of a process manager. */
const SOON_MS = 8_000

async function closedWithin(close: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await close()
  return performance.now() - start
}

it('ends at once while keep-alive connections are idle', async () => {
  const { server, url } = await startServer()
  const agent = new Agent({ keepAlive: true })
  const ask = request(`${url}/healthz`, { agent }).end()
  const [response] = (await once(ask, 'response')) as [NodeJS.ReadableStream]
  response.resume()
  await once(response, 'end')
  expect(await closedWithin(() => server.close())).toBeLessThan(1_000)
  agent.destroy()
})

it('answers requests under way and then lets their keep-alive connections go', async () => {
  const { server, url, appId, apiKey } = await startServer()
  const agent = new Agent({ keepAlive: true })
  const body = JSON.stringify({ events: [aServerEvent()] })
  const ask = request(`${url}/api/webhooks`, {
    agent,
    method: 'POST',
    headers: {
      [HEADERS.appId]: appId,
      [HEADERS.apiKey]: apiKey,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      expect: '100-continue',
    },
  })
  ask.flushHeaders()
  await once(ask, 'continue') // the server has the head of the request, and waits for its body
  const start = performance.now()
  const closed = server.close()
  ask.end(body)
  const [response] = (await once(ask, 'response')) as [NodeJS.ReadableStream & { statusCode: number }]
  response.resume()
  await closed
  expect(response.statusCode).toBe(200)
  expect(performance.now() - start).toBeLessThan(1_000)
  agent.destroy()
})

it('ends though a client never finishes its request', async () => {
  const { server, url } = await startServer()
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.on('error', () => undefined)
  socket.write(
    'POST /api/events HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\nexpect: 100-continue\r\n\r\n{',
  )
  await once(socket, 'data') // 100 Continue
  expect(await closedWithin(() => server.close())).toBeLessThan(SOON_MS)
})

it('tells streams to come back, and ends though one does not listen', async () => {
  const { server, url, apiKey } = await startServer()
  const open = async () => {
    const socket = new WebSocket(`${url}/api/stream`, { headers: { [HEADERS.apiKey]: apiKey } })
    await once(socket, 'open')
    return socket
  }
  const listening = await open()
  const deaf = await open()
  deaf.pause()
  const closed = once(listening, 'close')
  expect(await closedWithin(() => server.close())).toBeLessThan(SOON_MS)
  expect((await closed)[0]).toBe(1001)
  deaf.terminate()
})

it('tells a stream that is only just opened to come back', async () => {
  const { server, url, apiKey } = await startServer()
  const connection = await connectTo(url)
  const head = [
    'GET /api/stream HTTP/1.1',
    'host: x',
    `${HEADERS.apiKey}: ${apiKey}`,
    'connection: upgrade',
    'upgrade: websocket',
    'sec-websocket-version: 13',
    'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==',
    '',
    '',
  ].join('\r\n')
  connection.write(`GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n${head.slice(0, -20)}`)
  await connection.answer() // so that the server has the half of the handshake behind it
  const closed = server.close()
  connection.write(head.slice(-20))
  const answer = await connection.answer()
  expect(answer.headers.get('retry-after')).toMatch(/^\d+$/)
  await expectProblem(answer, 'unavailable')
  await closed
})

it('may be closed twice', async () => {
  const { server } = await startServer()
  await Promise.all([server.close(), server.close()])
  await server.close()
})

it('may be closed before it listens', async () => {
  const { createServer } = await import('@arunika/server')
  const server = await createServer({ database: ':memory:' })
  await server.close()
})
