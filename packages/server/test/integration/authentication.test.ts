import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { HEADERS, sign, type ErrorCode } from '@arunika/protocol'
import { describe, expect, it } from 'vitest'
import { aServerEvent } from '../support/events'
import { expectProblem } from '../support/problems'
import { sql } from '../support/sql'
import { answerOf, startServer, type TestServer } from '../support/start-server'

const ROUTE = '/api/webhooks'
const body = () => JSON.stringify({ events: [aServerEvent()] })

function post(
  server: TestServer,
  headers: Record<string, string>,
  content: NonNullable<RequestInit['body']> = body(),
) {
  return fetch(server.url + ROUTE, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: content,
  })
}

async function signed(server: TestServer, content: Uint8Array, timestamp = Math.floor(Date.now() / 1000)) {
  const signature = await sign({ apiKey: server.apiKey, timestamp, body: content })
  return { ...keys(server), [HEADERS.timestamp]: String(timestamp), [HEADERS.signature]: signature }
}

const keys = ({ appId, apiKey }: TestServer) => ({ [HEADERS.appId]: appId, [HEADERS.apiKey]: apiKey })

describe('a server call', () => {
  it('is let in with its key alone', async () => {
    const server = await startServer()
    expect(await answerOf(post(server, keys(server)))).toMatchObject({ accepted: 1 })
  })

  it('is let in signed, over the bytes as sent: here zipped', async () => {
    const server = await startServer({ app: { requireSignature: true } })
    const content = gzipSync(body())
    const headers = { ...(await signed(server, content)), 'content-encoding': 'gzip' }
    expect(await answerOf(post(server, headers, content))).toMatchObject({ accepted: 1 })
  })

  it('is checked in the order of the wire’s rules: each failure hides those after it', async () => {
    const server = await startServer({ app: { requireSignature: true } })
    const other = await server.server.createApp({ name: 'other' })
    const malformed = '{'
    const old = String(Math.floor(Date.now() / 1000) - 301)
    const now = String(Math.floor(Date.now() / 1000))
    const wrong = `sha256=${'0'.repeat(64)}`
    const stranger = { ...keys(server), [HEADERS.timestamp]: old, [HEADERS.signature]: wrong }
    const unknownKey = `sk_live_${'x'.repeat(43)}`

    const calls: [string, Record<string, string>, ErrorCode][] = [
      ['malformed API key', { ...stranger, [HEADERS.apiKey]: 'sk_live_short' }, 'invalid_credentials'],
      ['unknown or revoked API key', { ...stranger, [HEADERS.apiKey]: unknownKey }, 'invalid_credentials'],
      ['app id of another app', { ...stranger, [HEADERS.appId]: other.appId }, 'invalid_credentials'],
      ['signature_required', keys(server), 'signature_required'],
      ['timestamp_out_of_range', stranger, 'timestamp_out_of_range'],
      ['invalid_signature', { ...stranger, [HEADERS.timestamp]: now }, 'invalid_signature'],
    ]
    for (const [, headers, code] of calls) await expectProblem(post(server, headers, malformed), code)
    await expectProblem(
      post(server, await signed(server, Buffer.from(malformed)), malformed),
      'malformed_json',
    )

    await server.server.close()
    const log = await sql(server.database, 'select reason, address, app_id from suspicious_calls order by id')
    expect(log).toMatchObject(
      calls.map(([reason, headers]) => ({ reason, address: '127.0.0.1', app_id: headers[HEADERS.appId] })),
    )
    expect(JSON.stringify(log)).not.toContain(server.apiKey)
  })

  it('says the same of an unknown key, a malformed one and one of another app', async () => {
    const server = await startServer()
    const other = await server.server.createApp({ name: 'other' })
    const answers = await Promise.all(
      [
        { [HEADERS.appId]: server.appId },
        { ...keys(server), [HEADERS.apiKey]: 'x' },
        { ...keys(server), [HEADERS.apiKey]: `sk_live_${'x'.repeat(43)}` },
        { ...keys(server), [HEADERS.appId]: other.appId },
        { [HEADERS.apiKey]: server.apiKey },
      ].map(async (headers) => expectProblem(post(server, headers), 'invalid_credentials')),
    )
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  })

  it('is refused with a key that was revoked', async () => {
    const server = await startServer()
    await sql(server.database, 'update api_keys set revoked_at = 1 returning key_id')
    await expectProblem(post(server, keys(server)), 'invalid_credentials')
  })

  it('is refused with one of the two signature headers only', async () => {
    const server = await startServer()
    const both = await signed(server, Buffer.from(body()))
    const { [HEADERS.signature]: signature, [HEADERS.timestamp]: timestamp } = both
    await expectProblem(
      post(server, { ...keys(server), [HEADERS.signature]: signature }),
      'timestamp_out_of_range',
    )
    await expectProblem(
      post(server, { ...keys(server), [HEADERS.timestamp]: timestamp }),
      'invalid_signature',
    )
  })

  it('is turned away before its body is looked at, where its key is unknown', async () => {
    const server = await startServer()
    await expectProblem(post(server, { 'content-type': 'text/html' }), 'invalid_credentials')
  })

  it('is refused where its app is suspended, after it was authenticated', async () => {
    const server = await startServer()
    await sql(server.database, "update apps set status = 'suspended' returning app_id")
    await expectProblem(post(server, keys(server)), 'app_suspended')
    await expectProblem(server.asApp('/api/users'), 'app_suspended')
    await expectProblem(server.sendAsBrowser('s1', []), 'app_suspended')
    await expectProblem(post(server, { ...keys(server), [HEADERS.timestamp]: '1' }), 'timestamp_out_of_range')
  })

  it('is kept in a log that a flood does not grow', async () => {
    const server = await startServer()
    await Promise.all(Array.from({ length: 400 }, () => post(server, {}).then((answer) => answer.text())))
    await server.server.close()
    const log = (await sql(server.database, 'select reason from suspicious_calls')) as { reason: string }[]
    const told = log.filter(({ reason }) => !reason.startsWith('and ')).length
    const counted = log.map(({ reason }) => Number(/^and (\d+) more$/.exec(reason)?.[1] ?? 0))
    expect(told + counted.reduce((sum, n) => sum + n, 0)).toBe(400)
  })
})

interface SignatureCase {
  name: string
  apiKey: string
  timestamp: string
  signature: string
  body?: string
  bodyBase64?: string
  nowMs: number
  expected: 'valid' | ErrorCode
}

const vectors = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../protocol/vectors/signatures.json'), 'utf8'),
) as { cases: SignatureCase[] }
/** HTTP takes white space off the ends of a header, and carries no line breaks or letters beyond Latin-1. */
const sendable = vectors.cases.filter(({ timestamp, signature }) =>
  [timestamp, signature].every((value) => /^[\x20-\x7e]*$/.test(value) && value === value.trim()),
)

describe('the signature vectors of the protocol', () => {
  it.each(sendable)('$name', async ({ apiKey, timestamp, signature, body, bodyBase64, nowMs, expected }) => {
    const server = await startServer({ now: () => nowMs })
    const hash = createHash('sha256').update(apiKey).digest('hex')
    await sql(server.database, 'update api_keys set key_hash = ? returning key_id', hash)
    const content = bodyBase64 === undefined ? Buffer.from(body ?? '') : Buffer.from(bodyBase64, 'base64')
    const headers = {
      [HEADERS.appId]: server.appId,
      [HEADERS.apiKey]: apiKey,
      [HEADERS.timestamp]: timestamp,
      [HEADERS.signature]: signature,
    }
    const answer = await post(server, headers, content)
    if (expected === 'valid') expect(answer.status).not.toBe(401)
    else await expectProblem(answer, expected)
  })
})
