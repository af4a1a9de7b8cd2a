import { once } from 'node:events'
import { join } from 'node:path'
import { HEADERS } from '@arunika/protocol'
import { expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { someEvents } from '../support/load'
import { createAppIn, startProcess } from '../support/server-process'
import { sql } from '../support/sql'
import { json } from '../support/start-server'
import { tempFolder } from '../support/temp-folder'

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
