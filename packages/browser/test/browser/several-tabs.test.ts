import { expect, onTestFinished, test, vi } from 'vitest'
import { newAppId, record, scriptServer, start, told, typesIn, unavailable, well } from './page'

// Two clients of one app are two tabs to each other: they share the database, the locks and the channel.

function twoTabs(options: Parameters<typeof start>[0] = {}) {
  const appId = newAppId()
  return [start({ appId, ...options }), start({ appId, ...options })] as const
}

test('one tab sends at a time, whatever both want', async () => {
  const server = scriptServer()
  let underWay = 0
  let most = 0
  server.answer = async (request) => {
    most = Math.max(most, ++underWay)
    await new Promise((resolve) => setTimeout(resolve, 20))
    underWay--
    return well(request)
  }
  const [left, right] = twoTabs()
  for (let i = 0; i < 5; i++) {
    left.logActivity(`left_${i}`)
    right.logActivity(`right_${i}`)
  }
  await Promise.all([left.flush(), right.flush()])
  expect(most).toBe(1)
  expect(server.requests.flatMap(typesIn).sort()).toEqual(
    [...Array(5).keys()].flatMap((i) => [`left_${i}`, `right_${i}`]).sort(),
  )
})

test('what a tab took is sent by another where it does not itself, and told in the one that took it', async () => {
  const server = scriptServer()
  const appId = newAppId()
  const left = start({ appId })
  const right = start({ appId, flushIntervalMs: 50 }) // left waits for an hour
  const inRight = record(right)
  const delivered = told(left, 'delivered')
  left.logActivity('one')
  expect(await delivered).toMatchObject({ events: [{ eventType: 'one' }] })
  expect(server.requests.map(typesIn)).toEqual([['one']])
  expect(inRight).toMatchObject([{ name: 'delivered' }])
})

test('a refusal and the answer to an identify reach the tab whose they are', async () => {
  const server = scriptServer()
  server.answer = (request) =>
    request.path === '/api/events'
      ? Response.json({
          accepted: 0,
          duplicates: 0,
          rejected: request.body.events.map(({ eventId }, index) => ({
            index,
            eventId,
            code: 'invalid_event_type',
            detail: 'no',
          })),
        })
      : well(request)
  const [left, right] = twoTabs()
  const [inLeft, inRight] = [record(left), record(right)]
  right.logActivity('poison')
  await right.flush()
  expect(await left.identify({ userId: 'u1' })).toMatchObject({ profileId: 'p_1' })
  expect(inRight.map(({ name }) => name)).toContain('rejected')
  expect(inLeft.map(({ name }) => name)).not.toContain('rejected')
})

test('a wait that the server asked one tab for is the other’s too', async () => {
  const server = scriptServer()
  server.answer = () => new Response('{}', { status: 429, headers: { 'retry-after': '60' } })
  const [left, right] = twoTabs()
  left.logActivity('one')
  await expect(left.flush()).rejects.toMatchObject({ code: 'server_failed' })
  right.logActivity('two')
  await expect(right.flush()).rejects.toMatchObject({ code: 'retry_later' })
  expect(server.requests).toHaveLength(1)
})

test('the wait outlives the page', async () => {
  const server = scriptServer()
  server.answer = unavailable
  const appId = newAppId()
  for (let i = 0; i < 10; i++) {
    const page = start({ appId, flushAt: 1 })
    page.logActivity('reloaded')
    await page.close()
  }
  expect(server.requests.length).toBeLessThan(6)
})

test('without Web Locks each tab sends what is its own, and all arrives', async () => {
  const server = scriptServer()
  const { locks } = navigator
  Object.defineProperty(navigator, 'locks', { value: undefined, configurable: true })
  onTestFinished(() => void Object.defineProperty(navigator, 'locks', { value: locks, configurable: true }))
  const [left, right] = twoTabs()
  left.logActivity('left')
  right.logActivity('right')
  await Promise.all([left.flush(), right.flush()])
  expect(server.requests.flatMap(typesIn).sort()).toEqual(['left', 'right'])
})

test('a browser that refuses locks to the page stops nothing', async () => {
  const server = scriptServer()
  vi.spyOn(navigator.locks, 'request').mockRejectedValue(new DOMException('no', 'SecurityError'))
  onTestFinished(() => void vi.restoreAllMocks())
  const arunika = start()
  arunika.logActivity('read')
  await arunika.flush()
  expect(server.requests.map(typesIn)).toEqual([['read']])
})

test('another tab that keeps the lock for ever delays nothing for longer than two requests may take', async () => {
  const server = scriptServer()
  const appId = newAppId()
  const arunika = start({ appId, requestTimeoutMs: 100 })
  let release = () => {}
  void navigator.locks.request(`arunika-sender-1-${appId}`, () => new Promise<void>((r) => (release = r)))
  onTestFinished(() => release())
  arunika.logActivity('read')
  await arunika.flush()
  expect(server.requests.map(typesIn)).toEqual([['read']])
})
