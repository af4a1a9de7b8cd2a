import { expect, it } from 'vitest'
import { aServerEvent, anEvent } from '../support/events'
import { answerOf, startServer } from '../support/start-server'
import { readStream } from '../support/stream'

/** The numbers, by name and labels. */
async function metricsOf(url: string): Promise<Map<string, number>> {
  const answer = await fetch(`${url}/metrics`)
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
  const lines = (await answer.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(
    lines.map((line) => {
      const end = line.lastIndexOf(' ')
      return [line.slice(0, end), Number(line.slice(end + 1))]
    }),
  )
}

it('counts requests, events by what became of them, and commits', async () => {
  const server = await startServer()
  const event = aServerEvent()
  await answerOf(server.sendAsServer([event, aServerEvent(), { ...aServerEvent(), eventType: '' }]))
  await answerOf(server.sendAsServer([event]))
  await answerOf(server.sendAsBrowser('s1', [anEvent()]))
  await fetch(`${server.url}/api/nothing`)
  const metrics = await metricsOf(server.url)
  expect(
    Object.fromEntries([...metrics].filter(([name]) => name.startsWith('arunika_events_total'))),
  ).toEqual({
    'arunika_events_total{source="server",result="accepted"}': 2,
    'arunika_events_total{source="server",result="duplicate"}': 1,
    'arunika_events_total{source="server",result="rejected"}': 1,
    'arunika_events_total{source="browser",result="accepted"}': 1,
  })
  const requests = (labels: string) => metrics.get(`arunika_http_request_duration_seconds_count{${labels}}`)
  expect(requests('method="POST",route="/api/webhooks",status="200"')).toBe(2)
  expect(requests('method="GET",route="none",status="404"')).toBe(1)
  expect(metrics.get('arunika_commit_duration_seconds_count')).toBeGreaterThanOrEqual(3)
  expect(metrics.get('arunika_database_bytes')).toBeGreaterThan(10_000)
  expect(metrics.get('arunika_writer_waiting_events')).toBe(0)
  expect(metrics.get('process_resident_memory_bytes')).toBeGreaterThan(10_000_000)
})

it('counts the streams that are open', async () => {
  const { url, apiKey } = await startServer()
  await readStream(url, apiKey)
  expect((await metricsOf(url)).get('arunika_streams')).toBe(1)
})

it('names no app, no person and no key', async () => {
  const server = await startServer()
  await answerOf(
    server.sendAsServer([aServerEvent({ identifier: { userId: 'user_7', email: 'ada@example.com' } })]),
  )
  await fetch(`${server.url}/api/users/prf_secret`, { headers: { 'x-api-key': server.apiKey } })
  const text = await (await fetch(`${server.url}/metrics`)).text()
  for (const secret of [server.appId, server.apiKey, 'user_7', 'ada@', 'prf_'])
    expect(text).not.toContain(secret)
})
