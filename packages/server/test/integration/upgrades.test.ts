import { once } from 'node:events'
import { HEADERS, LIMITS } from '@arunika/protocol'
import { createServer } from '@arunika/server'
import { beforeAll, describe, expect, it } from 'vitest'
import { connectTo } from '../support/connection'
import { anEvent } from '../support/events'
import { expectProblem } from '../support/problems'

/** What `curl --http2` sends to ask for HTTP/2 in clear. */
const H2C = [
  'connection: Upgrade, HTTP2-Settings',
  'upgrade: h2c',
  'http2-settings: AAMAAABkAAQAoAAAAAIAAAAA',
]
const WEBSOCKET = ['connection: Upgrade', 'upgrade: websocket']

let url: string
let appId: string
let apiKey: string
beforeAll(async () => {
  const server = await createServer({ database: ':memory:' })
  ;({ appId, apiKey } = await server.createApp({ name: 'shop' }))
  url = await server.listen({ port: 0 })
  return () => server.close()
})

const head = (line: string, ...headers: string[]) =>
  [`${line} HTTP/1.1`, 'host: x', ...headers, '', ''].join('\r\n')

const batch = () => JSON.stringify({ appId, sessionId: 's1', events: [anEvent()] })

/** A page's batch whose length is told. */
function post(upgrade: string[], body = batch()): string {
  const length = `content-length: ${Buffer.byteLength(body)}`
  return head('POST /api/events', 'content-type: application/json', length, ...upgrade) + body
}

const chunk = (text: string) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`
const chunked = ['content-type: application/json', 'transfer-encoding: chunked']

const STORED = { accepted: 1, duplicates: 0, rejected: [] }

describe('an upgrade to what is no WebSocket is ignored', () => {
  it.each([
    ['h2c', H2C],
    ['TLS', ['connection: upgrade', 'upgrade: TLS/1.0']],
    ['a list', ['connection: Upgrade', 'upgrade: h2c, websocket']],
    ['a WebSocket by POST, which is none', WEBSOCKET],
  ])('and the event is stored: %s', async (_name, upgrade) => {
    const connection = await connectTo(url)
    connection.write(post(upgrade))
    expect(await (await connection.answer()).json()).toEqual(STORED)
  })

  it('and the event is stored though its body comes later, or in chunks', async () => {
    const body = batch()
    const whole = post(H2C, body)
    const later = [whole.slice(0, -body.length), body.slice(0, 9), body.slice(9)]
    const [start, end] = [chunk(body.slice(0, 9)), chunk(body.slice(9))]
    const inChunks = head('POST /api/events', ...chunked, ...H2C)
    for (const parts of [later, [inChunks + start + end + chunk('')], [inChunks, start, end, chunk('')]]) {
      const connection = await connectTo(url)
      for (const part of parts) {
        connection.write(part)
        await new Promise((resolve) => setTimeout(resolve, 20)) // so that each part is read alone
      }
      expect(await (await connection.answer()).json()).toMatchObject({ rejected: [] })
    }
  })

  it('and a page of the server is read', async () => {
    const connection = await connectTo(url)
    connection.write(head('GET /healthz', ...H2C))
    const answer = await connection.answer()
    expect(answer.headers.get('content-type')).toContain('application/json')
    expect(await answer.json()).toEqual({ status: 'ok' })
  })

  it('behind a request whose answer is under way: both are answered, in their order', async () => {
    const connection = await connectTo(url)
    connection.write(post([]) + head('GET /healthz', ...H2C))
    expect(await (await connection.answer()).json()).toEqual(STORED)
    expect(await (await connection.answer()).json()).toEqual({ status: 'ok' })
  })

  it.each([
    ['a body', () => post(H2C)],
    ['none', () => head('GET /healthz', ...H2C)],
  ])(
    'and the connection goes with its answer, since what came behind it is lost to Node: %s',
    async (_name, first) => {
      const connection = await connectTo(url)
      connection.write(first() + head('GET /healthz'))
      const answer = await connection.answer()
      expect([answer.status, answer.headers.get('connection')]).toEqual([200, 'close'])
      expect(await connection.ended()).toBe('')
    },
  )

  it('and the connection stays where the answer comes before the body: its end could cost the client the answer', async () => {
    const connection = await connectTo(url)
    const keys = [`${HEADERS.appId}: ${appId}`, `${HEADERS.apiKey}: sk_live_wrong`]
    connection.write(head('POST /api/webhooks', ...keys, 'content-length: 600000', ...H2C) + 'x')
    const answer = await connection.answer()
    expect(answer.headers.get('connection')).toBe('keep-alive')
    await expectProblem(answer, 'invalid_credentials')
  })

  it('and the limit of a body is not', async () => {
    const connection = await connectTo(url)
    const length = `content-length: ${LIMITS.maxBodyBytes + 1}`
    connection.write(head('POST /api/events', 'content-type: application/json', length, ...H2C) + 'x')
    await expectProblem(connection.answer(), 'body_too_large')
  })
})

describe('a WebSocket', () => {
  const KEY = 'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ=='
  const VERSION = 'sec-websocket-version: 13'
  const asApp = () => `${HEADERS.apiKey}: ${apiKey}`

  it('is made of this handshake', async () => {
    const connection = await connectTo(url)
    connection.write(head('GET /api/stream', asApp(), ...WEBSOCKET, KEY, VERSION))
    expect(String((await once(connection.socket, 'data'))[0])).toMatch(/^HTTP\/1\.1 101 /)
  })

  it.each([
    ['without a key', [VERSION]],
    ['with a key that is none', ['sec-websocket-key: x', VERSION]],
    ['without a version', [KEY]],
    ['of another version', [KEY, 'sec-websocket-version: 99']],
    ['with malformed protocols', [KEY, VERSION, 'sec-websocket-protocol: a,,b']],
    ['with one protocol twice', [KEY, VERSION, 'sec-websocket-protocol: a, a']],
  ])('is refused with a problem to a handshake %s', async (_name, headers) => {
    const connection = await connectTo(url)
    connection.write(head('GET /api/stream', asApp(), ...WEBSOCKET, ...headers))
    const answer = await connection.answer()
    expect(answer.headers.get('sec-websocket-version')).toBe('13')
    await expectProblem(answer, 'invalid_request')
    expect(await connection.ended()).toBe('')
  })

  it('is refused to a handshake behind a request whose answer is under way: both are answered', async () => {
    const connection = await connectTo(url)
    connection.write(post([]) + head('GET /api/stream', asApp(), ...WEBSOCKET, KEY, VERSION))
    expect(await (await connection.answer()).json()).toEqual(STORED)
    await expectProblem(connection.answer(), 'invalid_request')
    expect(await connection.ended()).toBe('')
  })

  it('is refused to a handshake whose Connection does not name it', async () => {
    const connection = await connectTo(url)
    connection.write(head('GET /api/stream', asApp(), 'upgrade: websocket', KEY, VERSION))
    await expectProblem(connection.answer(), 'invalid_request')
  })

  it.each([
    ['/healthz', 'invalid_request'],
    ['/api/users', 'invalid_request'],
    ['/api/events', 'invalid_request'],
    ['/none', 'not_found'],
    ['/%zz', 'invalid_request'],
    [`/api/users/${'x'.repeat(101)}`, 'not_found'],
  ] as const)('is refused with a problem at %s, however its handshake is', async (path, code) => {
    for (const headers of [[KEY, VERSION], []]) {
      const connection = await connectTo(url)
      connection.write(head(`GET ${path}`, asApp(), ...WEBSOCKET, ...headers))
      await expectProblem(connection.answer(), code)
      expect(await connection.ended()).toBe('')
    }
  })
})
