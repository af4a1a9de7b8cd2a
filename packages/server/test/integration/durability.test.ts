import { once } from 'node:events'
import { join } from 'node:path'
import { HEADERS, type Activity, type ServerEvent } from '@arunika/protocol'
import { expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { aServerEvent } from '../support/events'
import { createAppIn, startProcess } from '../support/server-process'
import { readAll } from '../support/snapshot'
import { sql } from '../support/sql'
import { json } from '../support/start-server'
import { tempFolder } from '../support/temp-folder'

/** A batch with the people and sessions that make the server link, and not only insert. */
function someEvents(sender: number, round: number): ServerEvent[] {
  return Array.from({ length: 5 }, (_, n) =>
    aServerEvent({
      identifier: {
        userId: `user_${sender}`,
        sessionId: `session_${sender}_${round}`,
        email: `${n}@x.example`,
      },
    }),
  )
}

it('has stored what it acknowledged, once, however often it is killed', async () => {
  const data = await tempFolder()
  const credentials = await createAppIn(data)
  const headers = {
    [HEADERS.appId]: credentials.appId,
    [HEADERS.apiKey]: credentials.apiKey,
    'content-type': 'application/json',
  }
  const sent = new Map<string, ServerEvent>()
  const acknowledged = new Set<string>()

  for (const acknowledgements of [3, 25, 60]) {
    const { child, ended, url } = await startProcess(data)
    let answers = 0
    const sender = async (number: number) => {
      for (let round = 0; ; round++) {
        const events = someEvents(number, round)
        for (const event of events) sent.set(event.eventId, event)
        const answer = await fetch(`${url}/api/webhooks`, { ...json({ events }), headers }).catch(() => null)
        const body: unknown = await answer?.json().catch(() => null)
        if (!body) return // killed
        expect(body).toEqual({ accepted: 5, duplicates: 0, rejected: [] })
        for (const { eventId } of events) acknowledged.add(eventId)
        if (++answers === acknowledgements) child.kill('SIGKILL') // while the others wait for their answers
      }
    }
    await Promise.all(Array.from({ length: 12 }, (_, number) => sender(number)))
    await ended
  }

  const { child, ended, url } = await startProcess(data)
  const asApp = (path: string, init: RequestInit = {}) => fetch(url + path, { ...init, headers })
  const ids = (await readAll<Activity>({ asApp }, '/api/activities')).map(({ eventId }) => eventId)
  expect(new Set(ids).size).toBe(ids.length)
  expect([...acknowledged].filter((id) => !ids.includes(id))).toEqual([])

  // What was not acknowledged is sent again, as an SDK does; here with all the rest.
  const all = [...sent.values()]
  for (let n = 0; n < all.length; n += 1_000) {
    const answer = await asApp('/api/webhooks', json({ events: all.slice(n, n + 1_000) }))
    expect(answer.status).toBe(200)
  }
  const stored = (await readAll<Activity>({ asApp }, '/api/activities')).map(({ eventId }) => eventId)
  expect(stored.sort()).toEqual([...sent.keys()].sort())

  child.kill('SIGTERM')
  expect(await ended).toMatchObject({ code: 0, stderr: '' })
  expect(await sql(join(data, 'arunika.db'), 'pragma integrity_check')).toMatchObject([
    { integrity_check: 'ok' },
  ])
})

it.each(['SIGTERM', 'SIGINT'] as const)(
  'ends with code 0 after %s, with the requests under way answered and the streams closed',
  async (signal) => {
    const data = await tempFolder()
    const { appId, apiKey } = await createAppIn(data)
    const { child, ended, url } = await startProcess(data)
    const headers = { [HEADERS.appId]: appId, [HEADERS.apiKey]: apiKey, 'content-type': 'application/json' }
    const stream = new WebSocket(`${url}/api/stream`, { headers })
    await once(stream, 'open')
    const closed = once(stream, 'close')
    await (await fetch(`${url}/healthz`)).text() // leaves an open keep-alive connection

    const start = performance.now()
    let isFirst = true
    const answers = Array.from({ length: 20 }, async (_, n) => {
      const answer = await fetch(`${url}/api/webhooks`, {
        ...json({ events: someEvents(n, 0) }),
        headers,
      }).catch(() => null)
      if (isFirst) child.kill(signal)
      isFirst = false
      return answer === null ? null : { status: answer.status, body: await answer.json() }
    })
    const answered = (await Promise.all(answers)).filter((answer) => answer !== null)
    expect(answered.length).toBeGreaterThan(0)
    for (const { status, body } of answered) {
      expect([status, body]).toEqual([200, { accepted: 5, duplicates: 0, rejected: [] }])
    }
    expect((await closed)[0]).toBe(1001)
    expect(await ended).toMatchObject({ code: 0, stderr: '' })
    expect(performance.now() - start).toBeLessThan(10_000)
    const rows = await sql(join(data, 'arunika.db'), 'select count(*) as count from events')
    expect(rows).toMatchObject([{ count: expect.any(Number) }])
    expect((rows[0] as { count: number }).count).toBeGreaterThanOrEqual(answered.length * 5)
  },
)
