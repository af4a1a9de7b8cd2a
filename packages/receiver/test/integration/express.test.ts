import { once } from 'node:events'
import { type IncomingMessage, request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { createReceiver, type ReceiverOptions, WebhookVerificationError } from '@arunika/receiver'
import { expressReceiver } from '@arunika/receiver/express'
import { standardWebhooks } from '@arunika/receiver/providers'
import { sign } from '@arunika/receiver/testing'
import express5 from 'express'
import express4 from 'express4'
import { describe, expect, it, vi } from 'vitest'
import { listen } from './listen'

const provider = standardWebhooks({ secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' })

/** What the tests need of both versions. */
interface App {
  use(...handlers: never[]): unknown
  post(path: string, handler: ReturnType<typeof expressReceiver>): unknown
}

describe.each([
  ['Express 5', express5],
  ['Express 4', express4],
])('on %s', (_, express) => {
  async function setup(options: Partial<ReceiverOptions> = {}, before: unknown[] = []) {
    const onError = vi.fn()
    const handler = vi.fn()
    const receiver = createReceiver({ provider, onError, ...options }).onAny(handler)
    const app = express() as App & Parameters<typeof listen>[0]
    for (const middleware of before) app.use(middleware as never)
    app.post('/webhooks/arunika', expressReceiver(receiver))
    return { onError, handler, ...(await listen(app)) }
  }

  async function post(
    url: string,
    body: unknown = { type: 'order.shipped' },
    headers: Record<string, string> = {},
  ) {
    const signed = await sign(provider, { id: 'msg_1', body })
    const answer = await fetch(url, {
      method: 'POST',
      body: signed.body,
      headers: { ...signed.headers, ...headers },
    })
    const type = answer.headers.get('content-type')
    return { status: answer.status, headers: answer.headers, type, json: await answer.json() } // prettier-ignore
  }

  it('handles a signed delivery, and answers with its id', async () => {
    const { url, handler } = await setup()
    expect(await post(url)).toMatchObject({
      status: 200,
      type: 'application/json',
      json: { received: true, id: 'msg_1' },
    })
    expect(handler).toHaveBeenCalledTimes(1)
  })

  it.each([
    ['text outside ASCII', '{"type":"a","data":"café ☕"}'],
    ['a byte order mark', '\uFEFF{"type":"a"}'],
    ['spaces and an order of keys of its own', '{ "b" : 1.0,\n "type":"a", "a":1e2 }'],
    ['many chunks', `{"type":"a","data":"${'x'.repeat(500_000)}"}`],
  ])('verifies the exact bytes of %s', async (_, body) => {
    const { url, handler } = await setup()
    expect(await post(url, new TextEncoder().encode(body))).toMatchObject({ status: 200 })
    expect(handler).toHaveBeenCalledTimes(1)
  })

  it('refuses a delivery whose body was changed', async () => {
    const { url, handler } = await setup()
    const { headers } = await sign(provider, { body: { type: 'order.shipped' } })
    const answer = await fetch(url, { method: 'POST', headers, body: '{"type":"order.refunded"}' })
    expect(answer.status).toBe(401)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(await answer.json()).toMatchObject({ code: 'signature_mismatch', status: 401 })
    expect(handler).not.toHaveBeenCalled()
  })

  it('refuses a header that came twice, though Node joins them', async () => {
    const { port } = await setup()
    const { headers, body } = await sign(provider, { body: { type: 'a' } })
    const request = httpRequest({ port, method: 'POST', path: '/webhooks/arunika', headers })
    request.setHeader('webhook-id', ['msg_1', 'msg_2'])
    request.end(body)
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    expect(response.statusCode).toBe(400)
    expect(JSON.parse(await text(response))).toMatchObject({ code: 'duplicate_header' })
  })

  it('runs the handler once for two deliveries at the same moment', async () => {
    let finish: () => void = () => undefined
    const work = new Promise<void>((resolve) => (finish = resolve))
    const { url, handler } = await setup()
    const started = new Promise<void>((resolve) => {
      handler.mockImplementation(async () => {
        resolve()
        await work
      })
    })
    const first = post(url)
    await started
    const second = await post(url)
    expect(second).toMatchObject({ status: 409, json: { code: 'delivery_in_progress' } })
    expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(0)
    finish()
    expect(await first).toMatchObject({ status: 200 })
    expect(await post(url)).toMatchObject({ status: 200 })
    expect(handler).toHaveBeenCalledTimes(1)
  })

  it('asks for another delivery when the handler throws', async () => {
    const { url, handler } = await setup()
    handler.mockRejectedValueOnce(new Error('broken'))
    expect(await post(url)).toMatchObject({ status: 500, json: { retry: true } })
    expect(await post(url)).toMatchObject({ status: 200 })
    expect(handler).toHaveBeenCalledTimes(2)
  })

  it('refuses a signed body that is empty', async () => {
    const { url } = await setup()
    expect(await post(url, '')).toMatchObject({ status: 400, json: { code: 'malformed_payload' } })
  })

  describe('behind a body parser', () => {
    it('refuses a signed body that is empty in the same way, since no byte of it is gone', async () => {
      const { url } = await setup({}, [express.json()])
      expect(await post(url, '')).toMatchObject({ status: 400, json: { code: 'malformed_payload' } })
    })

    it('says at once what to do, where the bytes are gone', async () => {
      const { url, handler, onError } = await setup({}, [express.json()])
      const answer = await post(url)
      expect(answer).toMatchObject({
        status: 500,
        type: 'application/problem+json',
        json: { code: 'body_parsed' },
      })
      expect(answer.json).toHaveProperty('detail', expect.stringContaining('before app.use(express.json())'))
      expect(onError).toHaveBeenCalledExactlyOnceWith(expect.any(WebhookVerificationError))
      expect(handler).not.toHaveBeenCalled()
    })

    it('takes the bytes of express.raw()', async () => {
      const { url } = await setup({}, [express.raw({ type: '*/*' })])
      expect(await post(url)).toMatchObject({ status: 200 })
    })

    it('takes the bytes that its verify option keeps, as the message says', async () => {
      const verify = (request: { rawBody?: Buffer }, _: unknown, bytes: Buffer) => {
        request.rawBody = bytes
      }
      const { url } = await setup({}, [express.json({ verify: verify as never })])
      expect(await post(url)).toMatchObject({ status: 200 })
    })

    it('reads the body itself where the parser left it', async () => {
      const { url } = await setup({}, [express.json(), express.urlencoded({ extended: false })])
      expect(await post(url, { type: 'a' }, { 'content-type': 'application/cloudevents' })).toMatchObject({
        status: 200,
      })
    })
  })

  describe('a body larger than the bound', () => {
    it('is refused by its Content-Length, before any of it is read', async () => {
      const { port, url } = await setup({ maxBodyBytes: 1_000 })
      const socket = connect(port, '127.0.0.1')
      socket.write(`POST ${new URL(url).pathname} HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n`)
      const answer = await text(socket)
      expect(answer).toMatch(/^HTTP\/1\.1 413 /)
      expect(answer).toMatch(/\r\nconnection: close\r\n/i)
      expect(answer).toContain('"code":"body_too_large"')
    })

    it('is refused while it is still arriving, and the connection is closed', async () => {
      const { port, url } = await setup({ maxBodyBytes: 1_000 })
      const socket = connect(port, '127.0.0.1')
      socket.write(`POST ${new URL(url).pathname} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n`)
      socket.write(`3e9\r\n${'x'.repeat(1_001)}\r\n`) // and no last chunk: the body never ends
      const answer = await text(socket)
      expect(answer).toMatch(/^HTTP\/1\.1 413 /)
    })

    it('is refused in a way that a client which sends on can read', async () => {
      const { url } = await setup()
      const chunk = new Uint8Array(65_536)
      let left = 64
      const body = new ReadableStream({
        pull(controller) {
          if (left-- > 0) controller.enqueue(chunk)
          else controller.close()
        },
      })
      const init = { method: 'POST', body, duplex: 'half' }
      const answer = await fetch(url, init)
      expect(answer.status).toBe(413)
      expect(await answer.json()).toMatchObject({ code: 'body_too_large' })
    })

    it('is one byte more than what is taken', async () => {
      const { url } = await setup({ maxBodyBytes: 1_000 })
      const body = (size: number) => JSON.stringify({ type: 'a', data: 'x'.repeat(size - 22) })
      expect(body(1_000)).toHaveLength(1_000)
      expect(await post(url, body(1_000))).toMatchObject({ status: 200 })
      expect(await post(url, body(1_001))).toMatchObject({ status: 413 })
    })
  })

  it('reports a body that ends too early', async () => {
    const { port, url, onError, server } = await setup()
    const reported = new Promise<unknown>((resolve) => onError.mockImplementation(resolve))
    const requested = once(server, 'request')
    const socket = connect(port, '127.0.0.1')
    socket.write(`POST ${new URL(url).pathname} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf`)
    await requested
    socket.destroy()
    expect(await reported).toMatchObject({ code: 'body_incomplete' })
  })

  it('reports a request that was gone before it came to the receiver', async () => {
    const gone = (
      request: { destroy(): void; once(event: 'close', listener: () => void): void },
      _: unknown,
      next: () => void,
    ) => {
      request.once('close', next)
      request.destroy()
    }
    const { url, onError } = await setup({}, [gone])
    const reported = new Promise<unknown>((resolve) => onError.mockImplementation(resolve))
    const failed = post(url).catch((error: unknown) => error)
    expect(await reported).toMatchObject({ code: 'body_incomplete' })
    expect(await failed).toBeInstanceOf(Error)
  })

  it('gives a fault of the host’s own clock to the error handlers of the app', async () => {
    const fault = new Error('the clock is broken')
    const now = () => {
      throw fault
    }
    const receiver = createReceiver({ provider, now })
    const app = express() as App & Parameters<typeof listen>[0]
    app.post('/webhooks/arunika', expressReceiver(receiver))
    const { url } = await listen(app)
    const answer = await fetch(url, { method: 'POST', body: 'x' })
    expect(answer.status).toBe(500)
    expect(await answer.text()).toContain(fault.message)
  })
})
