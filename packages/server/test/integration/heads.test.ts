import { createServer } from '@arunika/server'
import { beforeAll, expect, it } from 'vitest'
import { connectTo } from '../support/connection'
import { expectProblem } from '../support/problems'

let url: string
beforeAll(async () => {
  const server = await createServer({ database: ':memory:' })
  url = await server.listen({ port: 0 })
  return () => server.close()
})

it.each([
  ['no Host', 'GET /healthz HTTP/1.1\r\n\r\n', 'Host'],
  ['no Host, with a body', 'POST /api/events HTTP/1.1\r\ncontent-length: 2\r\n\r\n{}', 'Host'],
  [
    'no Host, for a WebSocket',
    'GET /api/stream HTTP/1.1\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n',
    'Host',
  ],
  ['an expectation that nobody knows', 'GET /healthz HTTP/1.1\r\nhost: x\r\nexpect: bogus\r\n\r\n', 'Expect'],
  [
    'one with a body',
    'POST /api/events HTTP/1.1\r\nhost: x\r\nexpect: bogus\r\ncontent-length: 2\r\n\r\n{}',
    'Expect',
  ],
])('refuses a request with %s', async (_name, bytes, header) => {
  const connection = await connectTo(url)
  connection.write(bytes)
  const { detail } = await expectProblem(connection.answer(), 'invalid_request')
  expect(detail).toContain(header)
})

it('takes a request of HTTP/1.0 without a Host, as that version allows', async () => {
  const connection = await connectTo(url)
  connection.write('GET /healthz HTTP/1.0\r\n\r\n')
  expect(await (await connection.answer()).json()).toEqual({ status: 'ok' })
})
