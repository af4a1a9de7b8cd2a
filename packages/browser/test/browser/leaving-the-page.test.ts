import { expect, onTestFinished, test, vi } from 'vitest'
import { record, scriptServer, start, told, typesIn, unreachable, well } from './page'

const MAX_KEEPALIVE_BYTES = 65_536

function hide(): void {
  const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
  onTestFinished(() => visibility.mockRestore())
  document.dispatchEvent(new Event('visibilitychange'))
}

function leave(): void {
  dispatchEvent(new PageTransitionEvent('pagehide'))
}

test('a page that is hidden sends what waits, in a request that may outlive it', async () => {
  const server = scriptServer()
  const arunika = start()
  const delivered = told(arunika, 'delivered')
  arunika.logActivity('read')
  hide()
  expect((await delivered).events).toHaveLength(1)
  expect(server.requests).toMatchObject([{ keepalive: true, contentType: 'text/plain;charset=UTF-8' }])
})

test('hiding and leaving are one occasion, unless something happened between', async () => {
  const server = scriptServer()
  const arunika = start()
  arunika.logActivity('read')
  hide()
  leave()
  await told(arunika, 'delivered')
  arunika.logActivity('said goodbye')
  leave()
  leave()
  await told(arunika, 'delivered')
  expect(server.requests.map(typesIn)).toEqual([['read'], ['said goodbye']])
  expect(server.requests.every(({ keepalive }) => keepalive)).toBe(true)
})

test('the last request stays below what browsers take, and the rest follows', async () => {
  const server = scriptServer()
  const arunika = start()
  const all = record(arunika)
  for (let i = 0; i < 10; i++) arunika.logActivity('read', undefined, { text: 'ä'.repeat(5_000) })
  hide()
  await arunika.flush()
  const [farewell] = server.requests
  const bytes = new TextEncoder().encode(farewell?.text).length
  expect(farewell?.keepalive).toBe(true)
  expect(bytes).toBeGreaterThan(40_000)
  expect(bytes).toBeLessThan(MAX_KEEPALIVE_BYTES)
  const delivered = all.flatMap(({ value }) => (value as { events: { eventId: string }[] }).events)
  expect(new Set(delivered.map(({ eventId }) => eventId)).size).toBe(10)
  expect(delivered).toHaveLength(10)
})

test('a connection that comes back is used at once', async () => {
  const server = scriptServer()
  server.answer = unreachable
  const arunika = start()
  arunika.logActivity('read')
  await expect(arunika.flush()).rejects.toMatchObject({ code: 'network_failed' })
  server.answer = well
  const delivered = told(arunika, 'delivered')
  dispatchEvent(new Event('online'))
  expect((await delivered).events).toHaveLength(1)
})

test('a closed client listens to the page no more', async () => {
  const server = scriptServer()
  const arunika = start()
  arunika.logActivity('read')
  await arunika.close()
  hide()
  leave()
  dispatchEvent(new Event('online'))
  await arunika.close()
  expect(server.requests).toEqual([])
})
