import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { HEADERS, type Activity, type JsonObject } from '@arunika/protocol'
import { expect, it } from 'vitest'
import { anEvent, aServerEvent } from '../support/events'
import { expectProblem } from '../support/problems'
import { readAll } from '../support/snapshot'
import { answerOf, startServer } from '../support/start-server'

it('gives every event that passes, more than a page of them, as the list does', async () => {
  const server = await startServer()
  for (let batch = 0; batch < 3; batch++) {
    await answerOf(
      server.sendAsBrowser(
        's1',
        Array.from({ length: 900 }, () => anEvent()),
      ),
    )
  }
  await answerOf(server.sendAsServer([aServerEvent()]))
  const answer = await server.asApp('/api/activities/export?type=page_view&order=asc')
  expect(answer.headers.get('content-type')).toBe('application/x-ndjson')
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="activities.ndjson"')
  const lines = (await answer.text()).trimEnd().split('\n')
  const exported = lines.map((line) => JSON.parse(line) as Activity)
  expect(exported).toHaveLength(2_700)
  const listed = await readAll<Activity>(server, '/api/activities?type=page_view&order=asc')
  expect(exported).toEqual(listed)
})

it('writes CSV that no spreadsheet runs, and that any reader of RFC 4180 reads back', async () => {
  const server = await startServer()
  const eventData: JsonObject = { text: 'a "quoted", text\nin two lines' }
  for (const description of ['=1+1', '+1', '-1', '@x', 'plain', 'a,b', 'say "hi"', 'two\nlines']) {
    await answerOf(server.sendAsServer([aServerEvent({ description, eventData })]))
  }
  const answer = await server.asApp('/api/activities/export?format=csv&order=asc')
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present')
  const [head, ...rows] = readCsv(await answer.text())
  const described = head?.indexOf('description') ?? -1
  expect(rows.map((row) => row[described])).toEqual([
    "'=1+1",
    "'+1",
    "'-1",
    "'@x",
    'plain',
    'a,b',
    'say "hi"',
    'two\nlines',
  ])
  for (const row of rows) {
    expect(row).toHaveLength(head?.length ?? 0)
    expect(JSON.parse(row[head?.indexOf('eventData') ?? -1] ?? '')).toEqual(eventData)
  }
})

it('is empty where nothing passes, and refuses another format, and another app', async () => {
  const server = await startServer()
  expect(await (await server.asApp('/api/activities/export?type=none')).text()).toBe('')
  await expectProblem(server.asApp('/api/activities/export?format=xml'), 'invalid_query')
  const other = await server.server.createApp({ name: 'other' })
  await expectProblem(server.asApp(`/api/activities/export?appId=${other.appId}`), 'not_found')
})

it('reads on only while somebody takes it, and ends when they hang up', async () => {
  const server = await startServer()
  const eventData = { fill: 'x'.repeat(2_000) }
  for (let batch = 0; batch < 40; batch++) {
    await answerOf(
      server.sendAsBrowser(
        's1',
        Array.from({ length: 400 }, () => anEvent({ eventData })),
      ),
    )
  }
  const headers = { [HEADERS.apiKey]: server.apiKey }
  const request = get(`${server.url}/api/activities/export`, { headers })
  const [answer] = (await once(request, 'response')) as [IncomingMessage]
  await once(answer, 'readable')
  const before = process.memoryUsage().rss
  // Nobody reads: 32 MB of events must not come to memory meanwhile. Other requests are answered.
  for (let n = 0; n < 20; n++) await (await server.asApp('/api/activities?limit=1')).text()
  expect(process.memoryUsage().rss - before).toBeLessThan(25_000_000)
  request.destroy()
  await server.server.close()
})

/** The fields of each line. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]]
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '')
    if (end !== ',') rows.push([])
  }
  return rows.slice(0, -1)
}
