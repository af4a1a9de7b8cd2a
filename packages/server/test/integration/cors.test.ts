import { afterAll, beforeAll, expect, it } from 'vitest'
import { createServer, type ArunikaServer } from '@arunika/server'
import { anEvent } from '../support/events'

const SHOP = 'https://shop.example'
let server: ArunikaServer
let url: string
let open: string
let closed: string
beforeAll(async () => {
  server = await createServer({ database: ':memory:' })
  open = (await server.createApp({ name: 'open' })).appId
  closed = (await server.createApp({ name: 'closed', allowedOrigins: [SHOP] })).appId
  url = await server.listen({ port: 0 })
})
afterAll(() => server.close())

function send(appId: string, headers: Record<string, string>, path = '/api/events') {
  const body = JSON.stringify({ appId, sessionId: 's1', events: [anEvent()] })
  return fetch(url + path, { method: 'POST', body, headers: { 'content-type': 'text/plain', ...headers } })
}

it('lets every origin in where the app names none, and lets its page read the answer', async () => {
  const answer = await send(open, { origin: 'https://any.example' })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('access-control-allow-origin')).toBe('https://any.example')
  expect(answer.headers.get('vary')).toBe('Origin')
})

it('lets in the origins that an app names, and what has none, as curl has', async () => {
  expect((await send(closed, { origin: SHOP })).status).toBe(200)
  expect((await send(closed, {})).status).toBe(200)
})

it.each(['https://evil.example', 'http://shop.example', `${SHOP}.evil.example`, 'null'])(
  'refuses the origin %s, and lets its page read that',
  async (origin) => {
    const answer = await send(closed, { origin })
    expect(await answer.json()).toMatchObject({ code: 'origin_not_allowed', status: 403 })
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin)
  },
)

it.each([
  ['text/html', '{}', 415],
  ['text/plain', 'x'.repeat(2_000_000), 413],
  ['text/plain', '{', 400],
  ['text/plain', '{"appId":"app_none","sessionId":"s","events":[]}', 401],
])('lets a page read the refusal of %s %.20s', async (contentType, body, status) => {
  for (const path of ['/api/events', '/api/profile']) {
    const headers = { origin: SHOP, 'content-type': contentType }
    const answer = await fetch(url + path, { method: 'POST', body: body, headers })
    expect(answer.headers.get('access-control-allow-origin')).toBe(SHOP)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    if (path === '/api/events') expect(answer.status).toBe(status)
    await answer.text()
  }
})

it('answers a preflight for JSON', async () => {
  const headers = {
    origin: SHOP,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'content-type',
  }
  const answer = await fetch(`${url}/api/events`, { method: 'OPTIONS', headers })
  expect(answer.status).toBe(204)
  expect(answer.headers.get('access-control-allow-origin')).toBe(SHOP)
  expect(answer.headers.get('access-control-allow-methods')).toBe('POST')
  expect(answer.headers.get('access-control-allow-headers')).toBe('content-type')
})
