import { once } from 'node:events'
import { type ClientRequest, type IncomingMessage, request as httpRequest } from 'node:http'
import { text } from 'node:stream/consumers'
import {
  createReceiver,
  type Provider,
  type ReceiverOptions,
  WebhookVerificationError,
} from '@arunika/receiver'
import { standardWebhooks } from '@arunika/receiver/providers'
import { sign } from '@arunika/receiver/testing'
import { describe, expect, it, vi } from 'vitest'
import { hosts } from './hosts'

const provider = standardWebhooks({ secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' })

describe.each(hosts)('on $name', ({ start, startBehindParser }) => {
  async function setup(options: Partial<ReceiverOptions> = {}, startIt = start) {
    const onError = vi.fn()
    const handler = vi.fn()
    const receiver = createReceiver({ provider, onError, ...options }).onAny(handler)
    const { url, port, server } = await startIt(receiver)
    const deliver = async (
      body: unknown = { type: 'order.shipped' },
      headers: Record<string, string> = {},
    ) => {
      const signed = await sign(provider, { id: 'msg_1', body })
      return answerOf(
        await fetch(url, { method: 'POST', body: signed.body, headers: { ...signed.headers, ...headers } }),
      )
    }
    /** A request whose body the test writes. */
    const open = (headers: Record<string, string>) =>
      httpRequest({ port, host: '127.0.0.1', method: 'POST', path: '/webhooks/arunika', headers })
    return { url, server, deliver, open, handler, onError }
  }

  it('handles a signed event', async () => {
    const { deliver, handler, onError } = await setup()
    expect(await deliver()).toEqual({
      status: 200,
      type: 'application/json',
      json: { received: true, id: 'msg_1' },
    })
    expect(handler).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ id: 'msg_1', type: 'order.shipped' }),
      expect.objectContaining({ id: 'msg_1', provider: 'standardWebhooks', matchedSecret: 0 }),
    )
    expect(onError).not.toHaveBeenCalled()
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'nonsense', ''])(
    'handles it whatever its content type: %j',
    async (type) => {
      const { deliver } = await setup()
      expect(await deliver(undefined, { 'content-type': type })).toMatchObject({ status: 200 })
    },
  )

  it('handles a second delivery of it no more', async () => {
    const { deliver, handler } = await setup()
    await deliver()
    expect(await deliver()).toMatchObject({ status: 200, json: { received: true, id: 'msg_1' } })
    expect(handler).toHaveBeenCalledTimes(1)
  })

  it('handles it once for two at the same moment', async () => {
    const { deliver, handler } = await setup()
    let finish: () => void = () => undefined
    const work = new Promise<void>((resolve) => (finish = resolve))
    const started = new Promise<void>((resolve) => {
      handler.mockImplementation(async () => {
        resolve()
        await work
      })
    })
    const first = deliver()
    await started
    const second = await deliver()
    expect(second).toMatchObject({ status: 409, json: { code: 'delivery_in_progress' } })
    expect(Number(second.retryAfter)).toBeGreaterThan(0)
    finish()
    expect(await first).toMatchObject({ status: 200 })
    expect(await deliver()).toMatchObject({ status: 200 })
    expect(handler).toHaveBeenCalledTimes(1)
  })

  it('asks for another delivery when the handler throws', async () => {
    const { deliver, handler } = await setup()
    handler.mockRejectedValueOnce(new Error('broken'))
    expect(await deliver()).toMatchObject({ status: 500, json: { retry: true } })
    expect(await deliver()).toMatchObject({ status: 200 })
    expect(handler).toHaveBeenCalledTimes(2)
  })

  it('answers 500 to a fault of the host itself, such as its clock', async () => {
    const fault = new Error('the clock is broken')
    const now = () => {
      throw fault
    }
    const { deliver, onError } = await setup({ now })
    expect(await deliver()).toMatchObject({ status: 500, json: { retry: true } })
    expect(onError).toHaveBeenCalledExactlyOnceWith(fault)
  })

  it('refuses a wrong signature', async () => {
    const { url, handler } = await setup()
    const { headers } = await sign(provider, { body: { type: 'order.shipped' } })
    const answer = await fetch(url, { method: 'POST', headers, body: '{"type":"order.refunded"}' })
    expect(await answerOf(answer)).toMatchObject({
      status: 401,
      type: 'application/problem+json',
      json: { code: 'signature_mismatch' },
    })
    expect(handler).not.toHaveBeenCalled()
  })

  it('refuses a header that is huge', async () => {
    const { deliver } = await setup()
    expect(await deliver(undefined, { 'webhook-signature': `v1,${'A'.repeat(9_000)}` })).toMatchObject({
      status: 400,
      json: { code: 'malformed_header' },
    })
  })

  it.each([
    ['text outside ASCII', '{"type":"a","data":"café ☕"}'],
    ['spaces and an order of keys of its own', '{ "b" : 1.0,\n "type":"a", "a":1e2 }'],
    ['many chunks', `{"type":"a","data":"${'x'.repeat(500_000)}"}`],
  ])('verifies the exact bytes of %s', async (_, body) => {
    const { deliver } = await setup()
    expect(await deliver(new TextEncoder().encode(body))).toMatchObject({ status: 200 })
  })

  it('refuses a body that is empty', async () => {
    const { deliver } = await setup()
    expect(await deliver('')).toMatchObject({ status: 400, json: { code: 'malformed_payload' } })
  })

  it('verifies a BOM with the rest of the bytes, and handles what follows it', async () => {
    const { deliver, handler } = await setup()
    expect(await deliver('\uFEFF{"type":"order.shipped"}')).toMatchObject({ status: 200 })
    const [event] = handler.mock.calls[0] as [{ body: Uint8Array }]
    expect([...event.body.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  })

  it('verifies bytes that are not UTF-8, and refuses them as a payload', async () => {
    const { deliver } = await setup()
    const body = Uint8Array.of(0x7b, 0xff, 0x7d)
    expect(await deliver(body)).toMatchObject({ status: 400, json: { code: 'malformed_payload' } })
  })

  it('refuses a body that somebody has read, with what to do', async () => {
    const { deliver, handler, onError } = await setup({}, startBehindParser)
    const answer = await deliver()
    expect(answer).toMatchObject({ status: 500, json: { code: 'body_parsed' } })
    expect(answer.json).toHaveProperty('detail', expect.stringContaining('before any body parser'))
    expect(onError).toHaveBeenCalledExactlyOnceWith(expect.any(WebhookVerificationError))
    expect(handler).not.toHaveBeenCalled()
  })

  it('refuses a body that is too large by its Content-Length, before any of it comes', async () => {
    const { open } = await setup({ maxBodyBytes: 1_000 })
    const request = open({ 'content-length': '1001' })
    request.flushHeaders()
    expect(await responseTo(request)).toMatchObject({ status: 413, json: { code: 'body_too_large' } })
  })

  it('refuses a body that is too large while it is still arriving', async () => {
    const { open } = await setup({ maxBodyBytes: 1_000 })
    const request = open({ 'transfer-encoding': 'chunked' })
    request.write('x'.repeat(1_001)) // and no end
    expect(await responseTo(request)).toMatchObject({ status: 413, json: { code: 'body_too_large' } })
  })

  it('refuses it in a way that a client which sends on can read', async () => {
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
    expect(await answerOf(await fetch(url, init))).toMatchObject({
      status: 413,
      json: { code: 'body_too_large' },
    })
  })

  it('takes a body of exactly the bound', async () => {
    const { deliver } = await setup({ maxBodyBytes: 1_000 })
    const body = (size: number) => JSON.stringify({ type: 'a', data: 'x'.repeat(size - 22) })
    expect(body(1_000)).toHaveLength(1_000)
    expect(await deliver(body(1_000))).toMatchObject({ status: 200 })
    expect(await deliver(body(1_001))).toMatchObject({ status: 413 })
  })

  it('reports a body that is cut off', async () => {
    const { open, server, onError, handler } = await setup()
    const reported = new Promise<unknown>((resolve) => onError.mockImplementation(resolve))
    const requested = once(server, 'request')
    const request = open({ 'content-length': '100' })
    request.on('error', () => undefined)
    request.write('half')
    await requested
    request.destroy()
    expect(await reported).toMatchObject({ code: 'body_incomplete' })
    expect(handler).not.toHaveBeenCalled()
  })

  it('waits for a body that is slow', async () => {
    const { open, server } = await setup()
    const { headers, body } = await sign(provider, { body: { type: 'order.shipped' } })
    const requested = once(server, 'request')
    const request = open({ ...headers, 'content-length': String(body.length) })
    const answer = responseTo(request)
    request.write(body.slice(0, 5))
    await requested
    for (const character of String(body).slice(5)) {
      await new Promise((resolve) => request.write(character, resolve))
    }
    request.end()
    expect(await answer).toMatchObject({ status: 200 })
  })

  it.each(['GET', 'PUT', 'DELETE'])('refuses %s', async (method) => {
    const { url, handler } = await setup()
    const { headers, body } = await sign(provider, { body: { type: 'a' } })
    const answer = await fetch(url, { method, headers, ...(method !== 'GET' && { body }) })
    expect(answer.headers.get('allow')).toBe('POST')
    expect(await answerOf(answer)).toMatchObject({ status: 405, json: { code: 'method_not_allowed' } })
    expect(handler).not.toHaveBeenCalled()
  })

  it('refuses HEAD, without a body', async () => {
    const { url } = await setup()
    const answer = await fetch(url, { method: 'HEAD' })
    expect(answer.status).toBe(405)
    expect(await answer.text()).toBe('')
  })

  describe('with a provider that tries its endpoint first', () => {
    const trying: Provider = {
      ...provider,
      handshake: (request) => {
        const { method, url = '', payload } = request
        const challenge = request.header('x-challenge')
        if (challenge === undefined) return null
        const text = [method, new URL(url).search, challenge, JSON.stringify(payload)].join(' ')
        return { status: 200, headers: { 'content-type': 'text/plain' }, body: text }
      },
    }
    const challenge = { 'x-challenge': 'abc' }

    it('answers an unsigned GET', async () => {
      const { url, handler } = await setup({ provider: trying })
      const answer = await fetch(`${url}?a=b`, { headers: challenge })
      expect(answer.status).toBe(200)
      expect(answer.headers.get('content-type')).toBe('text/plain')
      expect(await answer.text()).toBe('GET ?a=b abc ')
      expect(handler).not.toHaveBeenCalled()
    })

    it('answers HEAD, without a body', async () => {
      const { url } = await setup({ provider: trying })
      const answer = await fetch(url, { method: 'HEAD', headers: challenge })
      expect(answer.status).toBe(200)
      expect(await answer.text()).toBe('')
    })

    it('refuses a GET that is none', async () => {
      const { url } = await setup({ provider: trying })
      const answer = await fetch(url)
      expect(answer.status).toBe(405)
      expect(answer.headers.get('allow')).toBe('POST, GET, HEAD')
    })

    it('answers a POST that is signed, and no other', async () => {
      const { url, handler } = await setup({ provider: trying })
      const { headers, body } = await sign(provider, { body: { is: 'signed' } })
      const post = (sent: BodyInit) =>
        fetch(url, { method: 'POST', headers: { ...headers, ...challenge }, body: sent })
      expect(await (await post(body)).text()).toBe('POST  abc {"is":"signed"}')
      expect((await post('changed')).status).toBe(401)
      expect(handler).not.toHaveBeenCalled()
    })
  })
})

async function answerOf(answer: Response) {
  const { status, headers } = answer
  return {
    status,
    type: headers.get('content-type'),
    ...(headers.has('retry-after') && { retryAfter: headers.get('retry-after') }),
    json: (await answer.json()) as unknown,
  }
}

async function responseTo(request: ClientRequest) {
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  const json = JSON.parse(await text(response)) as unknown
  request.destroy()
  return { status: response.statusCode, json }
}
