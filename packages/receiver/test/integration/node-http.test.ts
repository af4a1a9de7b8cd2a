import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect as connectHttp2, createServer as createHttp2Server } from 'node:http2'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { createReceiver } from '@arunika/receiver'
import { nodeReceiver } from '@arunika/receiver/node'
import { github, square } from '@arunika/receiver/providers'
import { sign } from '@arunika/receiver/testing'
import { expect, it, onTestFinished, vi } from 'vitest'

it('takes a webhook by HTTP/2, whose host stands in :authority', async () => {
  const provider = square({ secret: 'secret' })
  const server = createHttp2Server(nodeReceiver(createReceiver({ provider }))).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const body = { event_id: 'e-1', type: 'a' }
  const signed = await sign(provider, { body, url: `${origin}/webhooks?a=1` })
  const client = connectHttp2(origin)
  onTestFinished(() => client.destroy())
  const request = client.request({ ':method': 'POST', ':path': '/webhooks?a=1', ...signed.headers })
  request.end(signed.body)
  expect(JSON.parse(await text(request))).toEqual({ received: true, id: 'e-1' })
})

it('leaves the answer of a host that did not wait for the body', async () => {
  const unhandled = vi.fn()
  process.on('unhandledRejection', unhandled)
  onTestFinished(() => void process.off('unhandledRejection', unhandled))
  const onError = vi.fn()
  const receiver = createReceiver({ provider: github({ secret: 'secret' }), onError })
  const handle = nodeReceiver(receiver)
  const server = createServer((request, response) => {
    handle(request, response)
    response.writeHead(503).end()
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{')
  const [answer] = (await once(socket, 'data')) as [Buffer]
  expect(String(answer)).toMatch(/^HTTP\/1\.1 503 /)
  socket.write('}')
  // Without a signature, the request is refused once its body has arrived: then there is nothing left to answer.
  await vi.waitFor(() => expect(onError).toHaveBeenCalledTimes(1))
  await new Promise((resolve) => setImmediate(resolve))
  expect(unhandled).not.toHaveBeenCalled()
})
