import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import type { Activity } from '@arunika/protocol'
import { expect, it } from 'vitest'
import { anEvent } from '../support/events'
import { readAll } from '../support/snapshot'
import { sql } from '../support/sql'
import { json, read, startServer } from '../support/start-server'

const NOW = '2026-06-01T12:00:00.000Z'
const now = () => Date.parse(NOW)

async function stored(sentAt: string | undefined, timestamp: string) {
  const server = await startServer({ now })
  const body = { appId: server.appId, sessionId: 's1', sentAt, events: [anEvent({ timestamp })] }
  await read(await server.asApp('/api/events', json(body)))
  const profile = { appId: server.appId, sessionId: 's1', sentAt, timestamp, email: 'ada@example.com' }
  await read(await server.asApp('/api/profile', json(profile)))
  await read(await server.asApp('/api/users'))
  const activities = await readAll<Activity>(server, '/api/activities')
  expect(activities).toHaveLength(2)
  expect(activities[0]?.timestamp).toBe(activities[1]?.timestamp)
  return activities.find(({ eventType }) => eventType === 'page_view')
}

it('corrects times by how far the sender’s clock is off, and keeps what it said', async () => {
  expect(await stored('2026-06-01T11:00:00.000Z', '2026-06-01T10:59:50.000Z')).toMatchObject({
    timestamp: '2026-06-01T11:59:50.000Z',
    originalTimestamp: '2026-06-01T10:59:50.000Z',
    receivedAt: NOW,
  })
})

it('corrects nothing where the clocks differ by 2 s at most, or where sentAt is missing', async () => {
  for (const sentAt of ['2026-06-01T11:59:58.000Z', undefined]) {
    const activity = await stored(sentAt, '2026-06-01T11:59:50.000Z')
    expect(activity?.timestamp).toBe('2026-06-01T11:59:50.000Z')
    expect(activity).not.toHaveProperty('originalTimestamp')
  }
})

it.each([
  ['0001-01-01T00:00:00.000Z', NOW],
  ['9999-12-31T23:59:59.999Z', NOW],
  ['0001-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'],
  ['9999-12-31T23:59:59.999Z', '0001-01-01T00:00:00.000Z'],
  [NOW, '9999-12-31T23:59:59.999Z'],
  [NOW, '0000-01-01T00:00:00.000Z'],
])('stores and reads what was sent at %s and happened at %s', async (sentAt, timestamp) => {
  expect(await stored(sentAt, timestamp)).toMatchObject({ eventType: 'page_view' })
})

it('goes by the clock of its options in whatever it keeps', async () => {
  const { server, database, asOperator } = await startServer({ now })
  expect(await read(await asOperator('/api/apps'))).toMatchObject({ items: [{ createdAt: NOW }] })
  expect((await asOperator('/api/users', { headers: { authorization: 'Bearer op_nobody' } })).status).toBe(
    401,
  )
  await server.close()
  for (const [table, column] of [
    ['api_keys', 'created_at'],
    ['operators', 'created_at'],
    ['suspicious_calls', 'at'],
  ]) {
    expect(await sql(database, `select ${column} as at from ${table}`)).toEqual([{ at: now() }])
  }
})

it('takes a slow upload for no clock that is off', async () => {
  let nowMs = now()
  let onAsked: () => void = () => undefined
  const server = await startServer({
    now: () => {
      onAsked()
      return nowMs
    },
  })
  const asked = new Promise<void>((resolve) => (onAsked = resolve))
  const events = [anEvent({ timestamp: NOW })]
  const body = JSON.stringify({ appId: server.appId, sessionId: 's1', sentAt: NOW, events })
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
  const upload = request(`${server.url}/api/events`, { method: 'POST', headers })
  upload.write(body.slice(0, 10))
  await asked
  nowMs += 20_000
  upload.end(body.slice(10))
  const [answer] = (await once(upload, 'response')) as [IncomingMessage]
  answer.resume()
  expect(answer.statusCode).toBe(200)

  const [activity] = await readAll<Activity>(server, '/api/activities')
  expect(activity).toMatchObject({ timestamp: NOW, receivedAt: NOW })
})
