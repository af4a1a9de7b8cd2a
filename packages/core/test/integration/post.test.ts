import { createServer as createTcpServer, type AddressInfo } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { outcomeOf } from '../../src/outcome'
import { post, type PostRequest } from '../../src/http'
import { answerJson, bodyOf, localServer } from '../local-server'

const send = (url: string, options: Partial<PostRequest> = {}) =>
  post({ url, headers: {}, body: '{}', timeoutMs: 5_000, now: Date.now, ...options })

describe('a post', () => {
  it('sends exactly the bytes and headers that it is given, with their length', async () => {
    const seen: unknown[] = []
    await using server = await localServer((request, response) => {
      void bodyOf(request).then((body) => {
        const { method, url, headers } = request
        seen.push({ method, url, body, type: headers['content-type'], key: headers['x-api-key'] })
        seen.push(headers['content-length'], headers['transfer-encoding'])
        response.end('{}')
      })
    })
    const headers = { 'content-type': 'text/plain', 'x-api-key': 'sk' }
    const body = '{"text":"pagi 🌅"}'
    await send(server.url, { headers, body: new TextEncoder().encode(body) })
    await send(server.url, { headers, body, keepalive: true })
    const expected = { method: 'POST', url: '/api/events', body, type: 'text/plain', key: 'sk' }
    expect(seen).toEqual([expected, '20', undefined, expected, '20', undefined])
  })

  it.each([200, 201, 400, 401, 403, 404, 408, 413, 415, 429, 500, 502, 503])(
    'gives status %i and its body as a value, after one request',
    async (status) => {
      let requests = 0
      await using server = await localServer((_, response) => {
        requests++
        answerJson(response, status, { code: 'some_code' })
      })
      expect(await send(server.url)).toEqual({
        status,
        body: { code: 'some_code' },
        isHtml: false,
        retryAfterMs: null,
      })
      expect(requests).toBe(1)
    },
  )

  it.each([
    ['seconds', '120', 120_000],
    ['a date', 'Thu, 01 Jan 1970 00:01:00 GMT', 60_000],
    ['nonsense', 'soon', null],
  ])('reads Retry-After as %s', async (_form, header, retryAfterMs) => {
    await using server = await localServer((_, response) => {
      response.setHeader('retry-after', header)
      answerJson(response, 503, {})
    })
    expect(await send(server.url, { now: () => 0 })).toMatchObject({ status: 503, retryAfterMs })
  })

  it.each([
    ['HTML', '<!doctype html><title>Welcome to the airport</title>'],
    ['half a JSON', '{"accepted":1,"dupl'],
    ['nothing', ''],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00, 0x80])],
  ])('gives no body where a 200 holds %s', async (_, body) => {
    await using server = await localServer((_, response) => void response.end(body))
    expect(await send(server.url)).toEqual({
      status: 200,
      body: undefined,
      isHtml: false,
      retryAfterMs: null,
    })
  })

  it.each([
    ['text/html', true],
    ['Text/HTML; charset=utf-8', true],
    ['application/problem+json', false],
    ['text/htmlish', false],
    ['text/plain; note=text/html', false],
  ])('by the content type %s is a page: %s', async (contentType, isHtml) => {
    await using server = await localServer((_, response) => {
      response.writeHead(404, { 'content-type': contentType }).end('<h1>404</h1>')
    })
    expect(await send(server.url)).toEqual({ status: 404, body: undefined, isHtml, retryAfterMs: null })
  })

  it('gives no body for a 204', async () => {
    await using server = await localServer((_, response) => void response.writeHead(204).end())
    expect(await send(server.url)).toEqual({
      status: 204,
      body: undefined,
      isHtml: false,
      retryAfterMs: null,
    })
  })

  it('uses a connection again', async () => {
    await using server = await localServer((_, response) => answerJson(response, 200, {}))
    for (let i = 0; i < 20; i++) await send(server.url)
    // Node opens a second one where the first is a moment late to be free.
    expect(server.connections()).toBeLessThanOrEqual(2)
  })

  it('calls the fetch that it is given', async () => {
    const reply = await send('http://events.invalid/', { fetch: () => Promise.resolve(Response.json([1])) })
    expect(reply).toMatchObject({ status: 200, body: [1] })
  })
})

describe('a 403', () => {
  it.each([
    ['of a firewall, with its page, costs no event', 'text/html', '<h1>Blocked</h1>', 'retry'],
    [
      'of the server, with its reason, refuses',
      'application/problem+json',
      '{"code":"app_suspended"}',
      'refused',
    ],
    ['with neither, refuses', 'text/plain', '', 'refused'],
  ])('%s', async (_, contentType, body, verdict) => {
    await using server = await localServer((_, response) => {
      response.writeHead(403, { 'content-type': contentType }).end(body)
    })
    expect(outcomeOf(await send(server.url), () => null)).toMatchObject({ verdict })
  })
})

describe('a redirect', () => {
  it.each([301, 302, 303, 307, 308])('by %i is not followed', async (status) => {
    let followed = 0
    await using target = await localServer((_, response) => {
      followed++
      answerJson(response, 200, {})
    })
    await using server = await localServer((_, response) => {
      response.writeHead(status, { location: target.url }).end()
    })
    expect(await send(server.url, { headers: { 'x-api-key': 'sk' } })).toMatchObject({ status })
    expect(followed).toBe(0)
  })
})

describe('no answer is a value with its cause, where', () => {
  it('nobody listens', async () => {
    const server = await localServer(() => undefined)
    await server[Symbol.asyncDispose]()
    expect(await send(server.url)).toMatchObject({ status: null, cause: { name: 'TypeError' } })
  })

  it('the connection ends before the answer', async () => {
    await using server = await localServer((request) => void request.socket.destroy())
    expect(await send(server.url)).toMatchObject({ status: null, cause: { name: 'TypeError' } })
  })

  it('the connection ends within the answer of a 200', async () => {
    await using server = await localServer((request, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('{}', () => request.socket.destroy())
    })
    expect(await send(server.url)).toMatchObject({ status: null, cause: { name: 'TypeError' } })
  })

  it('what answers does not speak HTTP', async () => {
    const server = createTcpServer((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    expect(await send(`http://127.0.0.1:${port}/`)).toMatchObject({ status: null })
    server.close()
  })

  it('nothing comes within the time', async () => {
    await using server = await localServer(() => undefined)
    const reply = await send(server.url, { timeoutMs: 50 })
    expect(reply).toMatchObject({ status: null, cause: { name: 'TimeoutError' } })
  })

  it('the body of a 200 drips beyond the time', async () => {
    await using server = await localServer((_, response) => {
      response.writeHead(200).write('{')
      const drip = setInterval(() => response.write(' '), 5)
      response.once('close', () => clearInterval(drip))
    })
    const reply = await send(server.url, { timeoutMs: 100 })
    expect(reply).toMatchObject({ status: null, cause: { name: 'TimeoutError' } })
  })

  it('the garbage collector runs while it waits', async () => {
    setFlagsFromString('--expose-gc')
    const collectGarbage = runInNewContext('gc') as () => void
    await using server = await localServer(() => undefined)
    const reply = send(server.url, { timeoutMs: 200 })
    for (let i = 0; i < 5; i++) setTimeout(collectGarbage, i * 30)
    expect(await reply).toMatchObject({ status: null, cause: { name: 'TimeoutError' } })
  })

  it('a fetch never answers and ignores its signal', async () => {
    const reply = await send('http://events.invalid/', {
      timeoutMs: 20,
      fetch: () => new Promise(() => undefined),
    })
    expect(reply).toMatchObject({ status: null, cause: { name: 'TimeoutError' } })
  })

  it('a fetch throws, and a signal ends it', async () => {
    const boom = new Error('boom')
    expect(await send('http://events.invalid/', { fetch: () => Promise.reject(boom) })).toEqual({
      status: null,
      cause: boom,
    })
    await using server = await localServer(() => undefined)
    const abort = new AbortController()
    const reply = send(server.url, { abort })
    abort.abort(boom)
    expect(await reply).toEqual({ status: null, cause: boom })
    expect(await send(server.url, { abort })).toEqual({ status: null, cause: boom })
    const fetch = () => new Promise<Response>(() => undefined) // which ignores its signal
    expect(await send(server.url, { abort, fetch })).toEqual({ status: null, cause: boom })
  })

  it('the address is none', async () => {
    expect(await send('nowhere')).toMatchObject({ status: null })
  })
})

describe('a failure counts by its status and Retry-After, where', () => {
  it('its body drips beyond the time', async () => {
    await using server = await localServer((_, response) => {
      response.writeHead(503, { 'retry-after': '30' }).write('{')
    })
    const reply = await send(server.url, { timeoutMs: 100 })
    expect(reply).toEqual({ status: 503, body: undefined, isHtml: false, retryAfterMs: 30_000 })
  })

  it('the connection ends within its body', async () => {
    await using server = await localServer((request, response) => {
      response.writeHead(429, { 'retry-after': '1', 'content-length': '100' })
      response.write('{}', () => request.socket.destroy())
    })
    expect(await send(server.url)).toEqual({
      status: 429,
      body: undefined,
      isHtml: false,
      retryAfterMs: 1_000,
    })
  })
})

describe('an answer larger than a mebibyte', () => {
  it('is given up, and its connection with it', async () => {
    let onClose = () => {}
    const closed = new Promise<void>((resolve) => (onClose = resolve))
    await using server = await localServer((_, response) => {
      response.once('close', onClose)
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      }
      response.on('drain', more)
      more()
    })
    expect(await send(server.url)).toEqual({
      status: 200,
      body: undefined,
      isHtml: false,
      retryAfterMs: null,
    })
    await closed
  })
})
