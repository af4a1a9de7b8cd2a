import { once } from 'node:events'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { HEADERS, LIMITS, type ErrorCode } from '@arunika/protocol'
import { beforeAll, describe, expect, it } from 'vitest'
import { createServer } from '@arunika/server'
import { aServerEvent, anEvent } from '../support/events'
import { expectProblem } from '../support/problems'
import { answerOf } from '../support/start-server'

let url: string
let appId: string
let credentials: Record<string, string>
beforeAll(async () => {
  const server = await createServer({ database: ':memory:' })
  const app = await server.createApp({ name: 'shop' })
  appId = app.appId
  credentials = { [HEADERS.appId]: appId, [HEADERS.apiKey]: app.apiKey }
  url = await server.listen({ port: 0 })
  return () => server.close()
})

function post(
  path: string,
  body: NonNullable<RequestInit['body']> | null,
  headers: Record<string, string> = {},
) {
  return fetch(url + path, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...credentials, ...headers },
  })
}

const pageBody = (events: unknown[] = [anEvent()]) => JSON.stringify({ appId, sessionId: 's1', events })

describe('a page’s body', () => {
  it.each(['application/json', 'application/json; charset=utf-8', 'text/plain', 'text/plain;charset=UTF-8'])(
    'is taken as %s',
    async (contentType) => {
      const answer = post('/api/events', pageBody(), { 'content-type': contentType })
      expect(await answerOf(answer)).toMatchObject({ accepted: 1 })
    },
  )

  it('is read past a byte order mark', async () => {
    expect(await answerOf(post('/api/events', `\uFEFF${pageBody()}`))).toMatchObject({ accepted: 1 })
  })
})

it.each<[string, () => Promise<Response>, ErrorCode]>([
  [
    'a form',
    () => post('/api/events', 'a=1', { 'content-type': 'application/x-www-form-urlencoded' }),
    'unsupported_media_type',
  ],
  [
    'no content type',
    () => fetch(`${url}/api/events`, { method: 'POST', body: Buffer.from('{}') }),
    'unsupported_media_type',
  ],
  [
    'text/plain from a server',
    () => post('/api/webhooks', '{}', { 'content-type': 'text/plain' }),
    'unsupported_media_type',
  ],
  ['an empty body', () => post('/api/events', ''), 'malformed_json'],
  ['no body', () => post('/api/webhooks', null), 'malformed_json'],
  ['half a body', () => post('/api/events', pageBody().slice(0, -1)), 'malformed_json'],
  [
    'bytes that are no UTF-8',
    () => post('/api/events', Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d])),
    'malformed_json',
  ],
  ['an array', () => post('/api/events', '[]'), 'not_an_object'],
  ['null', () => post('/api/webhooks', 'null'), 'not_an_object'],
  ['a number', () => post('/api/webhooks/events', '7'), 'not_an_object'],
  ['text', () => post('/api/profile', '"x"'), 'not_an_object'],
  ['deep nesting', () => post('/api/webhooks', '['.repeat(500_000)), 'malformed_json'],
  [
    'deep nesting that ends',
    () => post('/api/webhooks', '['.repeat(200_000) + ']'.repeat(200_000)),
    'not_an_object',
  ],
  ['no events', () => post('/api/webhooks', '{}'), 'invalid_batch'],
  [
    'events that are no list',
    () => post('/api/events', JSON.stringify({ appId, sessionId: 's', events: {} })),
    'invalid_batch',
  ],
  ['no session', () => post('/api/events', JSON.stringify({ appId, events: [] })), 'invalid_batch'],
  [
    'a number for the app id',
    () => post('/api/events', '{"appId":7,"sessionId":"s","events":[]}'),
    'invalid_batch',
  ],
  ['a sentAt that is no time', () => post('/api/webhooks', '{"sentAt":"now","events":[]}'), 'invalid_batch'],
  [
    '1,001 events',
    () => post('/api/webhooks', JSON.stringify({ events: Array(1_001).fill(1) })),
    'too_many_events',
  ],
  ['more than 1 MiB', () => post('/api/events', 'x'.repeat(LIMITS.maxBodyBytes + 1)), 'body_too_large'],
  ['20 MiB', () => post('/api/events', 'x'.repeat(20 * 1024 * 1024)), 'body_too_large'],
  ['20 MiB of unknown length', () => post20MiB(), 'body_too_large'],
  [
    'a gzip bomb',
    () => post('/api/webhooks', gzipSync(Buffer.alloc(100 * 1024 * 1024)), { 'content-encoding': 'gzip' }),
    'body_too_large',
  ],
  [
    'half a gzip',
    () => post('/api/webhooks', gzipSync('{"events":[]}').subarray(0, 12), { 'content-encoding': 'gzip' }),
    'malformed_json',
  ],
  ['brotli', () => post('/api/webhooks', '{}', { 'content-encoding': 'br' }), 'unsupported_encoding'],
  [
    'an unknown app',
    () => post('/api/events', '{"appId":"app_none","sessionId":"s","events":[]}'),
    'unknown_app',
  ],
  [
    'a profile of nobody',
    () => post('/api/profile', JSON.stringify({ appId, sessionId: 's' })),
    'invalid_profile',
  ],
  [
    'a profile with a malformed email',
    () => post('/api/profile', JSON.stringify({ appId, sessionId: 's', email: 'x' })),
    'invalid_profile',
  ],
])('refuses %s', async (_name, send, code) => {
  await expectProblem(send(), code)
})

function post20MiB() {
  const chunk = new Uint8Array(1024 * 1024).fill(0x20)
  let left = 20
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => (left-- > 0 ? controller.enqueue(chunk) : controller.close()),
  })
  const headers = { 'content-type': 'application/json', ...credentials }
  return fetch(`${url}/api/webhooks`, { method: 'POST', body, headers, duplex: 'half' })
}

it('takes 5 MiB that come zipped into 1 MiB, and 1,000 events', async () => {
  const fill = 'x'.repeat(5_000)
  const events = Array.from({ length: 1_000 }, () => aServerEvent({ eventData: { fill } }))
  const body = gzipSync(JSON.stringify({ events }))
  expect(await answerOf(post('/api/webhooks', body, { 'content-encoding': 'gzip' }))).toEqual({
    accepted: 1_000,
    duplicates: 0,
    rejected: [],
  })
})

it('stores the good events of a batch and names the bad ones, each with its place and its code', async () => {
  const good = anEvent()
  const deep = JSON.parse('{"a":'.repeat(40) + '1' + '}'.repeat(40)) as unknown
  const events: [unknown, string | null][] = [
    [good, null],
    [null, 'event_not_object'],
    [anEvent({ eventId: 'x' }), 'invalid_event_id'],
    [{ ...anEvent(), eventId: 7 }, 'invalid_event_id'],
    [anEvent({ eventType: '' }), 'invalid_event_type'],
    [anEvent({ eventType: 'a\0b' }), 'invalid_event_type'],
    [anEvent({ timestamp: 'yesterday' }), 'invalid_timestamp'],
    [anEvent({ description: 'x'.repeat(1_025) }), 'invalid_description'],
    [{ ...anEvent(), eventData: [] }, 'invalid_event_data'],
    [{ ...anEvent(), eventData: deep }, 'invalid_event_data'],
    [anEvent({ eventData: { fill: 'x'.repeat(32_768) } }), 'event_data_too_large'],
    [{ ...anEvent(), context: 'x' }, 'invalid_context'],
    [{ ...anEvent(), context: { fill: 'x'.repeat(32_768) } }, 'context_too_large'],
    [anEvent(), null],
  ]
  const answer = await answerOf(post('/api/events', pageBody(events.map(([event]) => event))))
  expect(answer).toMatchObject({ accepted: 2, duplicates: 0 })
  expect(answer.rejected.map(({ index, code }) => [index, code])).toEqual(
    events.flatMap(([, code], index) => (code === null ? [] : [[index, code]])),
  )
})

it('names the events of a server that say not, or wrongly, who they are about', async () => {
  const events = [
    anEvent(),
    aServerEvent({ identifier: {} }),
    aServerEvent({ identifier: { email: 'none' } }),
    { ...aServerEvent(), identifier: { userId: 7 } },
    aServerEvent({ identifier: { profileId: 'prf_nobody' } }),
    aServerEvent(),
  ]
  const answer = await answerOf(post('/api/webhooks', JSON.stringify({ events })))
  expect(answer.accepted).toBe(1)
  expect(answer.rejected.map(({ code }) => code)).toEqual([
    'missing_identifier',
    'missing_identifier',
    'invalid_identifier',
    'invalid_identifier',
    'unknown_profile',
  ])
})

it('takes a bare event on both routes, and makes the id and the time that it leaves out', async () => {
  const bare = JSON.stringify({ eventType: 'curl', identifier: { userId: 'user_curl' } })
  for (const path of ['/api/webhooks', '/api/webhooks/events']) {
    expect(await answerOf(post(path, bare))).toEqual({ accepted: 1, duplicates: 0, rejected: [] })
  }
  const list = await fetch(`${url}/api/activities?type=curl`, { headers: credentials })
  expect(await list.json()).toMatchObject({ items: [{ eventType: 'curl' }, { eventType: 'curl' }] })
})

it('goes on when a client hangs up in the middle of its body', async () => {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.write(
    'POST /api/events HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\nexpect: 100-continue\r\n\r\n{',
  )
  await once(socket, 'data')
  socket.resetAndDestroy()
  expect(await answerOf(post('/api/events', pageBody()))).toMatchObject({ accepted: 1 })
})

it('answers what is no HTTP with a problem too', async () => {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.end('HELLO\r\n\r\n')
  let text = ''
  for await (const chunk of socket) text += String(chunk)
  const [head, body = ''] = text.split('\r\n\r\n')
  expect(head).toContain('HTTP/1.1 400 ')
  expect(head).toContain('application/problem+json')
  expect(JSON.parse(body)).toMatchObject({ code: 'invalid_request', status: 400 })
})
