import { gzipSync } from 'node:zlib'
import { ERROR_CODES, HEADERS, type ErrorCode } from '@arunika/protocol'
import { expect, it } from 'vitest'
import { expectProblem } from '../support/problems'
import { sql } from '../support/sql'
import { json, startServer, type TestServer } from '../support/start-server'

type Cause = (server: TestServer) => Promise<Response>

const page = (body: unknown, headers: Record<string, string> = {}): Cause => {
  const init = json(body)
  return ({ url }) => fetch(`${url}/api/events`, { ...init, headers: { ...init.headers, ...headers } })
}
const server = (
  body: NonNullable<RequestInit['body']> | null,
  headers: Record<string, string> = {},
): Cause => {
  const all = { 'content-type': 'application/json', ...headers }
  return ({ asApp }) => asApp('/api/webhooks', { method: 'POST', body, headers: all })
}
const now = () => String(Math.floor(Date.now() / 1000))
const wrong = { [HEADERS.signature]: `sha256=${'0'.repeat(64)}` }

/** How each code comes about. */
const CAUSES: Partial<Record<ErrorCode, Cause>> = {
  malformed_json: server('{'),
  not_an_object: server('[]'),
  invalid_batch: server('{}'),
  invalid_profile: ({ asApp, appId }) => asApp('/api/profile', json({ appId, sessionId: 's' })),
  invalid_query: ({ asApp }) => asApp('/api/users?limit=0'),
  invalid_request: ({ asOperator }) => asOperator('/api/apps', json({})),
  invalid_credentials: ({ url }) => fetch(`${url}/api/users`),
  signature_required: async ({ database, asApp }) => {
    await sql(database, 'update apps set require_signature = 1 returning app_id')
    return asApp('/api/webhooks', json({ events: [] }))
  },
  timestamp_out_of_range: server('{}', { ...wrong, [HEADERS.timestamp]: '1' }),
  invalid_signature: server('{}', { ...wrong, [HEADERS.timestamp]: now() }),
  unknown_app: page({ appId: 'app_none', sessionId: 's', events: [] }),
  app_suspended: async ({ database, asApp }) => {
    await sql(database, "update apps set status = 'suspended' returning app_id")
    return asApp('/api/users')
  },
  origin_not_allowed: async ({ server, url }) => {
    const { appId } = await server.createApp({ name: 'x', allowedOrigins: ['https://shop.example'] })
    const { headers, ...init } = json({ appId, sessionId: 's', events: [] })
    return fetch(`${url}/api/events`, { ...init, headers: { ...headers, origin: 'https://evil.example' } })
  },
  not_found: ({ url }) => fetch(`${url}/none`),
  method_not_allowed: ({ url }) => fetch(`${url}/api/events`),
  body_too_large: server(gzipSync(Buffer.alloc(6_000_000)), { 'content-encoding': 'gzip' }),
  too_many_events: server(JSON.stringify({ events: Array(1_001).fill(0) })),
  unsupported_media_type: server('{}', { 'content-type': 'text/plain' }),
  unsupported_encoding: server('{}', { 'content-encoding': 'br' }),
  internal_error: async ({ database, asApp }) => {
    await sql(database, 'alter table events rename to gone')
    return asApp('/api/activities')
  },
}

/** Shown by a locked database, in routes.test.ts, and in rate-limits.test.ts. */
const ELSEWHERE: ErrorCode[] = ['unavailable', 'rate_limited']

it('knows a cause of every code of the protocol', () => {
  const known = [...Object.keys(CAUSES), ...ELSEWHERE]
  expect(known.sort()).toEqual(Object.keys(ERROR_CODES).sort())
})

it.each(Object.entries(CAUSES))('answers with %s', async (code, cause) => {
  const started = await startServer()
  await expectProblem(cause(started), code as ErrorCode)
})
