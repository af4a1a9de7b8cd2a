import { dirname } from 'node:path'
import {
  HEADERS,
  type ApiKey,
  type ApiKeyAnswer,
  type App,
  type Page,
  type SuspiciousCall,
} from '@arunika/protocol'
import { describe, expect, it } from 'vitest'
import { expectProblem } from '../support/problems'
import { runCli } from '../support/server-process'
import { sql } from '../support/sql'
import { json, read, startServer, type TestServer } from '../support/start-server'

const patchOf = (body: unknown) => ({ ...json(body), method: 'PATCH' })
const patch = (server: TestServer, body: unknown, appId = server.appId) =>
  server.asOperator(`/api/apps/${appId}`, patchOf(body))
const keysOf = async ({ asOperator, appId }: TestServer) =>
  (await read<Page<ApiKey>>(await asOperator(`/api/apps/${appId}/keys`))).items
const rotate = async ({ asOperator, appId }: TestServer, body?: unknown) =>
  read<ApiKeyAnswer>(
    await asOperator(`/api/apps/${appId}/keys`, body === undefined ? { method: 'POST' } : json(body)),
  )
const revoke = ({ asOperator, appId }: TestServer, keyId: string) =>
  asOperator(`/api/apps/${appId}/keys/${keyId}`, { method: 'DELETE' })
/** A server's call with a key. */
const send = ({ asApp }: TestServer, apiKey: string) => {
  const { headers, ...init } = json({ events: [] })
  return asApp('/api/webhooks', { ...init, headers: { ...headers, [HEADERS.apiKey]: apiKey } })
}

describe('an app', () => {
  it('is changed in what the operator names, and in nothing else', async () => {
    const server = await startServer({ app: { allowedOrigins: ['https://a.example'] } })
    const other = await server.server.createApp({ name: 'other' })
    const before = (await read<Page<App>>(await server.asApp('/api/apps'))).items[0]
    const renamed = await read(await patch(server, { name: 'Kopi' }))
    expect(renamed).toEqual({ ...before, name: 'Kopi' })
    const origins = ['https://b.example', 'http://localhost:5173']
    expect(await read(await patch(server, { allowedOrigins: origins, requireSignature: true }))).toEqual({
      ...before,
      name: 'Kopi',
      allowedOrigins: origins,
      requireSignature: true,
    })
    const open = await read(await patch(server, { allowedOrigins: null, requireSignature: false }))
    expect(open).toEqual({ ...before, name: 'Kopi', allowedOrigins: null })
    expect((await read<Page<App>>(await server.asApp('/api/apps'))).items).toEqual([open])
    const { items } = await read<Page<App>>(await server.asOperator('/api/apps'))
    expect(items.find(({ appId }) => appId === other.appId)).toMatchObject({ name: 'other' })
  })

  it('goes by each change from the next request on', async () => {
    const server = await startServer()
    const fromPage = () => {
      const { headers, ...init } = json({ appId: server.appId, sessionId: 's1', events: [] })
      return fetch(`${server.url}/api/events`, {
        ...init,
        headers: { ...headers, origin: 'https://b.example' },
      })
    }
    expect((await fromPage()).status).toBe(200)
    await read(await patch(server, { allowedOrigins: ['https://a.example'] }))
    await expectProblem(fromPage(), 'origin_not_allowed')
    await read(await patch(server, { allowedOrigins: null }))
    expect((await fromPage()).status).toBe(200)

    expect((await send(server, server.apiKey)).status).toBe(200)
    await read(await patch(server, { requireSignature: true }))
    await expectProblem(send(server, server.apiKey), 'signature_required')
    await read(await patch(server, { requireSignature: false, status: 'suspended' }))
    await expectProblem(send(server, server.apiKey), 'app_suspended')
    await expectProblem(fromPage(), 'app_suspended')
    await read(await patch(server, { status: 'active' }))
    expect((await send(server, server.apiKey)).status).toBe(200)
  })

  it('keeps both of two changes that are made at once', async () => {
    const server = await startServer()
    await Promise.all([patch(server, { name: 'Kopi' }), patch(server, { requireSignature: true })])
    const { items } = await read<Page<App>>(await server.asOperator('/api/apps'))
    expect(items).toMatchObject([{ name: 'Kopi', requireSignature: true }])
  })

  it.each([
    [{ name: '' }, 'name'],
    [{ name: null }, 'name'],
    [{ name: 'a\0' }, 'name'],
    [{ allowedOrigins: 'https://a.example' }, 'allowedOrigins'],
    [{ allowedOrigins: ['https://a.example/'] }, 'allowedOrigins'],
    [{ requireSignature: null }, 'requireSignature'],
    [{ status: 'gone', name: 'x' }, 'status'],
    [{}, 'name, allowedOrigins, requireSignature or status'],
    [{ appId: 'app_x', nmae: 'x' }, 'name, allowedOrigins, requireSignature or status'],
  ])('is not changed by %j, whose answer names the field', async (body, field) => {
    const server = await startServer()
    const { detail } = await expectProblem(patch(server, body), 'invalid_request')
    expect(detail).toContain(field)
    expect(await read(await server.asApp('/api/apps'))).toMatchObject({ items: [{ name: 'shop' }] })
  })
})

describe('an API key', () => {
  it('is made beside the others, shown once, and stored as its hash only', async () => {
    const server = await startServer()
    const live = await rotate(server)
    expect(live).toEqual({
      keyId: expect.stringMatching(/^key_[0-9a-f-]{36}$/),
      apiKey: expect.stringMatching(/^sk_live_\w{43}$/),
      createdAt: expect.stringMatching(/^2\d{3}-/),
    })
    const test = await rotate(server, { mode: 'test' })
    expect(test.apiKey).toMatch(/^sk_test_\w{43}$/)
    for (const key of [server.apiKey, live.apiKey, test.apiKey]) {
      expect((await send(server, key)).status).toBe(200)
    }

    const listed = await read<Page<ApiKey>>(await server.asOperator(`/api/apps/${server.appId}/keys`))
    expect(listed.nextCursor).toBeNull()
    expect(listed.items).toHaveLength(3)
    for (const { keyId, createdAt } of [live, test]) {
      expect(listed.items).toContainEqual({ keyId, createdAt, revokedAt: null })
    }
    const rows = JSON.stringify([listed, await sql(server.database, 'select * from api_keys')])
    for (const { apiKey } of [server, live, test]) expect(rows).not.toContain(apiKey.slice(8, 16))
  })

  it('is listed newest first', async () => {
    let now = Date.parse('2026-01-01T00:00:00.000Z')
    const server = await startServer({ now: () => (now += 1_000) })
    const made = [await rotate(server), await rotate(server), await rotate(server)].map(({ keyId }) => keyId)
    expect((await keysOf(server)).map(({ keyId }) => keyId).slice(0, 3)).toEqual(made.reverse())
  })

  it('is refused from the next request on once it is revoked; the others stay', async () => {
    const server = await startServer()
    const [first] = await keysOf(server)
    const second = await rotate(server)
    expect((await send(server, server.apiKey)).status).toBe(200) // and is remembered
    const answer = await revoke(server, first?.keyId ?? '')
    expect([answer.status, await answer.text()]).toEqual([204, ''])
    await expectProblem(send(server, server.apiKey), 'invalid_credentials')
    await expectProblem(server.asApp('/api/users'), 'invalid_credentials')
    expect((await send(server, second.apiKey)).status).toBe(200)

    const revoked = (await keysOf(server)).find(({ keyId }) => keyId === first?.keyId)
    expect(revoked?.revokedAt).toMatch(/^2\d{3}-/)
    expect((await revoke(server, first?.keyId ?? '')).status).toBe(204)
    expect(await keysOf(server)).toContainEqual(revoked) // the time of the first stays
  })

  it('is none of another app’s, whose ids answer 404', async () => {
    const server = await startServer()
    const other = await server.server.createApp({ name: 'other' })
    const [key] = await keysOf(server)
    await expectProblem(revoke({ ...server, appId: other.appId }, key?.keyId ?? ''), 'not_found')
    expect((await send(server, server.apiKey)).status).toBe(200)
  })

  it.each([
    [{ mode: 'prod' }, 'invalid_request'],
    [{ mode: 1 }, 'invalid_request'],
    [[], 'not_an_object'],
  ] as const)('is not made from %j', async (body, code) => {
    const server = await startServer()
    await expectProblem(server.asOperator(`/api/apps/${server.appId}/keys`, json(body)), code)
    expect(await keysOf(server)).toHaveLength(1)
  })
})

it.each(['app_none', 'shop', '%00', '%F0%9F%8C%85', 'x'.repeat(90)])(
  'has no app with the id %s',
  async (id) => {
    const server = await startServer()
    const { asOperator } = server
    await expectProblem(patch(server, { name: 'x' }, id), 'not_found')
    await expectProblem(asOperator(`/api/apps/${id}/keys`), 'not_found')
    await expectProblem(asOperator(`/api/apps/${id}/keys`, { method: 'POST' }), 'not_found')
    await expectProblem(asOperator(`/api/apps/${id}/keys/key_x`, { method: 'DELETE' }), 'not_found')
    await expectProblem(revoke(server, id), 'not_found')
  },
)

it('is the operator’s alone: an app changes nothing, not even of its own', async () => {
  const server = await startServer()
  const [key] = await keysOf(server)
  const own = `/api/apps/${server.appId}`
  const calls: [string, RequestInit][] = [
    [own, patchOf({ name: 'mine' })],
    [`${own}/keys`, {}],
    [`${own}/keys`, { method: 'POST' }],
    [`${own}/keys/${key?.keyId}`, { method: 'DELETE' }],
    ['/api/suspicious-calls', {}],
    ['/api/apps/app_none', patchOf({ name: 'mine' })],
  ]
  for (const [path, init] of calls) {
    await expectProblem(server.asApp(path, init), 'invalid_credentials')
    await expectProblem(fetch(server.url + path, init), 'invalid_credentials')
  }
  expect(await read(await server.asApp('/api/apps'))).toMatchObject({ items: [{ name: 'shop' }] })
  expect(await keysOf(server)).toEqual([key])
})

describe('suspicious calls', () => {
  const callsOf = async ({ asOperator }: TestServer, query = '') =>
    read<Page<SuspiciousCall>>(await asOperator(`/api/suspicious-calls${query}`))
  /** They are written beside the answer. */
  const untilThere = (server: TestServer, count: number) =>
    expect.poll(async () => (await callsOf(server)).items.length).toBe(count)

  it('are told: when, why, from where and for which app, never the key', async () => {
    const now = Date.parse('2026-01-01T00:00:00.000Z')
    const server = await startServer({ now: () => now })
    const stranger = `sk_live_${'x'.repeat(43)}`
    await expectProblem(send(server, stranger), 'invalid_credentials')
    await untilThere(server, 1)
    const page = await callsOf(server)
    expect(page).toEqual({
      items: [
        {
          at: '2026-01-01T00:00:00.000Z',
          reason: 'unknown or revoked API key',
          address: '127.0.0.1',
          appId: server.appId,
        },
      ],
      nextCursor: null,
    })
  })

  it('are read newest first, page by page, each once, also while more come; of one app where that is asked for', async () => {
    let now = 0
    const server = await startServer({ now: () => now })
    const claim = (second: number, appId: string) => {
      now = Date.parse('2026-01-01T00:00:00.000Z') + second * 1_000
      return expectProblem(
        fetch(`${server.url}/api/users`, { headers: { 'x-app-id': appId } }),
        'invalid_credentials',
      )
    }
    // Two at one moment, on two pages: the order within it is that of their ids.
    for (let n = 0; n < 6; n++) {
      await claim((n + 1) >> 1, `app_${n}`)
      await untilThere(server, n + 1)
    }
    const seen: (string | null)[] = []
    let cursor = ''
    for (let n = 0; n < 3; n++) {
      const page = await callsOf(server, `?limit=2${cursor}`)
      seen.push(...page.items.map(({ appId }) => appId))
      await claim(100 + n, 'app_new')
      await untilThere(server, 7 + n)
      cursor = `&cursor=${page.nextCursor ?? ''}`
    }
    expect(seen).toEqual([5, 4, 3, 2, 1, 0].map((n) => `app_${n}`))
    expect(cursor).toBe('&cursor=')
    expect((await callsOf(server, '?appId=app_new')).items).toHaveLength(3)
    expect((await callsOf(server, '?appId=app_none')).items).toEqual([])
  })

  it('of a flood that were counted only have no address', async () => {
    const server = await startServer()
    await sql(
      server.database,
      "insert into suspicious_calls (at, reason, address) values (1, 'and 9 more', '') returning id",
    )
    expect((await callsOf(server)).items).toEqual([
      { at: '1970-01-01T00:00:00.001Z', reason: 'and 9 more', address: null, appId: null },
    ])
  })

  const ofAnotherList = Buffer.from(JSON.stringify([1, 'prf_x'])).toString('base64url')
  it.each(['limit=0', 'cursor=x', `cursor=${ofAnotherList}`, 'appId=a&appId=b', 'appId=%00'])(
    'refuses the query %s',
    async (query) => {
      const server = await startServer()
      await expectProblem(server.asOperator(`/api/suspicious-calls?${query}`), 'invalid_query')
    },
  )
})

describe('the command line, beside a server on the same data', () => {
  /** Runs a command that must go well; gives the JSON that it prints. */
  async function run<Printed>({ database }: TestServer, ...args: string[]): Promise<Printed> {
    const where = database.startsWith('postgres') ? ['--database', database] : ['--data', dirname(database)]
    const { code, stdout, stderr } = await runCli([...args, ...where, '--json']).ended
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^[^\n]+\n$/)
    return JSON.parse(stdout) as Printed
  }
  interface Rotated {
    appId: string
    keyId: string
    apiKey: string
    stillValid: string[]
  }

  it('makes a key that is taken beside the old one, and revokes the old one', async () => {
    const server = await startServer()
    const [old] = await keysOf(server)
    expect((await send(server, server.apiKey)).status).toBe(200)
    const made = await run<Rotated>(server, 'apps', 'rotate-key', server.appId)
    expect(made).toEqual({
      appId: server.appId,
      keyId: expect.stringMatching(/^key_/),
      apiKey: expect.stringMatching(/^sk_live_\w{43}$/),
      stillValid: [old?.keyId],
    })
    for (const key of [made.apiKey, server.apiKey]) expect((await send(server, key)).status).toBe(200)

    const listed = await run<(App & { keys: ApiKey[] })[]>(server, 'apps', 'list')
    expect(listed).toMatchObject([{ appId: server.appId, name: 'shop', status: 'active' }])
    expect(listed[0]?.keys).toEqual(await keysOf(server))

    const revoked = await run(server, 'apps', 'revoke-key', server.appId, old?.keyId ?? '')
    expect(revoked).toEqual({ appId: server.appId, keyId: old?.keyId, stillValid: [made.keyId] })
    // On PostgreSQL another process hears of it within a second.
    await expect.poll(async () => (await send(server, server.apiKey)).status, { timeout: 5_000 }).toBe(401)
    expect((await send(server, made.apiKey)).status).toBe(200)
  })

  it('makes an operator, who is one at once, beside those before', async () => {
    const server = await startServer()
    const { operatorToken } = await run<{ operatorToken: string }>(server, 'operators', 'create')
    expect(operatorToken).toMatch(/^op_\w{43}$/)
    for (const token of [operatorToken, server.operatorToken]) {
      const headers = { authorization: `Bearer ${token}` }
      expect((await fetch(`${server.url}/api/suspicious-calls`, { headers })).status).toBe(200)
    }
    expect(JSON.stringify(await sql(server.database, 'select * from operators'))).not.toContain(operatorToken)
  })
})
