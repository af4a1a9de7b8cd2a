import { once } from 'node:events'
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createFetchTransport } from '../../src/transport/fetch-transport'
import { createHttpTransport } from '../../src/transport/http-transport'
import type { TransportOptions } from '../../src/transport/transport'
import { startIngestServer, sendJson } from '../support/ingest-server'

const BODY = Buffer.from('{"events":[]}')

async function startServer() {
  const server = await startIngestServer()
  onTestFinished(() => server.close())
  return server
}

/** A server that speaks no HTTP, but these bytes, and then does this. */
async function startBytes(bytes: string, then: (socket: Socket) => void = () => undefined): Promise<string> {
  const server = createTcpServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => {
      socket.write(bytes)
      then(socket)
    })
    onTestFinished(() => void socket.destroy())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const head = (...lines: string[]) => [...lines, '', ''].join('\r\n')

describe.each([
  ['Node’s client', createHttpTransport],
  ['fetch', (options: TransportOptions) => createFetchTransport(options, fetch)],
])('the transport over %s', (_, create) => {
  const postTo = (url: string, abort = new AbortController(), timeoutMs = 5_000) =>
    create({ url, timeoutMs, now: () => 0 })({ headers: { 'x-app-id': 'app_1' }, body: BODY, abort })

  it('sends the bytes and headers that it is given', async () => {
    const server = await startServer()
    await postTo(`${server.endpoint}/api/webhooks`)
    expect(server.requests[0]).toMatchObject({ method: 'POST', url: '/api/webhooks', body: BODY })
    expect(server.requests[0]!.headers).toMatchObject({ 'x-app-id': 'app_1', 'content-length': '13' })
    expect(server.requests[0]!.headers).not.toHaveProperty('transfer-encoding')
  })

  it('gives the answer, whatever its status', async () => {
    const server = await startServer()
    const date = new Date(1_800_000_000_000).toUTCString()
    server.script.push((_, response) =>
      sendJson(response, 503, { code: 'busy' }, { 'retry-after': '7', date }),
    )
    expect(await postTo(server.endpoint)).toEqual({
      status: 503,
      body: { code: 'busy' },
      isHtml: false,
      retryAfterMs: 7_000,
      date,
    })
  })

  it('follows no redirect', async () => {
    const server = await startServer()
    server.script.push((_, response) => sendJson(response, 307, {}, { location: server.endpoint }))
    await expect(postTo(server.endpoint)).resolves.toMatchObject({ status: 307 })
    expect(server.requests).toHaveLength(1)
  })

  it.each([
    ['nothing', '', true],
    ['no HTTP', 'hello\r\n\r\n', true],
    ['half of its headers', 'HTTP/1.1 200 OK\r\ncontent-len', true],
    ['half a body with status 200', `${head('HTTP/1.1 200 OK', 'content-length: 20')}{"accepted"`, true],
    ['a body that never ends', head('HTTP/1.1 200 OK', 'content-length: 20'), false],
    ['no answer at all', '', false],
    ['another protocol', head('HTTP/1.1 101 Switching Protocols', 'upgrade: x', 'connection: upgrade'), true],
  ])('has no answer where it got %s', async (_, bytes, isEnded) => {
    const url = await startBytes(bytes, (socket) => isEnded && socket.end())
    const reply = await postTo(url, undefined, isEnded ? 5_000 : 50)
    expect(reply).toMatchObject({ status: null, cause: expect.any(Error) as Error })
  })

  it('has no answer where nobody listens', async () => {
    const server = await startServer()
    await server.close()
    await expect(postTo(server.endpoint)).resolves.toMatchObject({ status: null })
  })

  it('has the status of a failure whose body does not come', async () => {
    const headers = head('HTTP/1.1 429 Too Many Requests', 'retry-after: 3', 'content-length: 20')
    const url = await startBytes(`${headers}{`, (socket) => socket.destroySoon())
    await expect(postTo(url)).resolves.toMatchObject({ status: 429, body: undefined, retryAfterMs: 3_000 })
  })

  it('has the status of a failure that is reset, or never ends', async () => {
    const headers = head('HTTP/1.1 413 Payload Too Large', 'content-length: 20')
    const reset = await startBytes(`${headers}{`, (socket) =>
      setImmediate(() => void socket.resetAndDestroy()),
    )
    await expect(postTo(reset)).resolves.toMatchObject({ status: 413 })
    const stalled = await startBytes(`${headers}{`)
    await expect(postTo(stalled, undefined, 100)).resolves.toMatchObject({ status: 413 })
  })

  it('reads no more of an answer than an answer can be', async () => {
    const url = await startBytes(head('HTTP/1.1 200 OK', 'transfer-encoding: chunked'), (socket) => {
      const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`
      const pour = () => {
        while (socket.writable && socket.write(chunk));
      }
      socket.on('drain', pour)
      pour()
    })
    await expect(postTo(url)).resolves.toMatchObject({ status: 200, body: undefined })
  })

  it('ends where its caller aborts', async () => {
    const abort = new AbortController()
    const url = await startBytes('', () => abort.abort(new Error('enough')))
    await expect(postTo(url, abort)).resolves.toMatchObject({ status: null })
  })
})

it('takes an answer on a kept connection as the answer, though its body is cut', async () => {
  const server = await startServer()
  const transport = createHttpTransport({ url: server.endpoint, timeoutMs: 5_000, now: Date.now })
  const post = () => transport({ headers: {}, body: BODY, abort: new AbortController() })
  await post()
  server.script.push((_, response) => {
    response.writeHead(429, { 'retry-after': '7', 'content-length': 20 }).write('{')
    setImmediate(() => void response.socket!.resetAndDestroy())
  })
  await expect(post()).resolves.toMatchObject({ status: 429, retryAfterMs: 7_000 })
  expect(server.requests).toHaveLength(2)
})

it('sends again at once where the other side has closed a connection that was kept', async () => {
  const server = await startServer()
  const transport = createHttpTransport({ url: server.endpoint, timeoutMs: 5_000, now: Date.now })
  const post = () => transport({ headers: {}, body: BODY, abort: new AbortController() })
  await post()
  server.script.push((_, response) => void response.socket!.resetAndDestroy())
  await expect(post()).resolves.toMatchObject({ status: 200 })
  expect(server.requests).toHaveLength(3)
})

it('Node’s client keeps its connection', async () => {
  const server = await startServer()
  const ports = new Set<number | undefined>()
  for (let count = 0; count < 3; count++) {
    server.script.push((_, response) => {
      ports.add(response.socket?.remotePort)
      sendJson(response, 200, {})
    })
  }
  const transport = createHttpTransport({ url: server.endpoint, timeoutMs: 5_000, now: Date.now })
  for (let count = 0; count < 3; count++) {
    await transport({ headers: {}, body: BODY, abort: new AbortController() })
  }
  expect(ports.size).toBe(1)
})
