import { once } from 'node:events'
import { type IncomingMessage, request as httpRequest } from 'node:http'
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
})
