import { ROUTES } from '@arunika/protocol'
import { createStore, values } from 'idb-keyval'
import { expect, onTestFinished, test, vi } from 'vitest'
import { decodeRecord } from '../../src/outbox-record'
import { newAppId, record, scriptServer, start, told, typesIn, unreachable, well } from './page'

/** What the device keeps of an app's events. */
async function kept(appId: string): Promise<unknown[]> {
  return (await values(createStore(`arunika-outbox-1-${appId}`, 'items'))).flatMap(decodeRecord)
}

test('what was taken and not delivered is delivered by the next client, once and in order', async () => {
  const server = scriptServer()
  server.answer = unreachable
  const appId = newAppId()
  const first = start({ appId })
  for (let i = 0; i < 30; i++) first.logActivity(`step_${i}`)
  const identified = first.identify({ userId: 'u1' })
  await first.close()
  expect(await identified).toEqual({ profileId: null, status: 'queued' })
  expect(await kept(appId)).toHaveLength(31)

  server.requests = []
  server.answer = well
  const second = start({ appId })
  const all = record(second)
  await second.flush()
  expect(
    server.requests.flatMap((request) => (request.path === ROUTES.profile ? request.path : typesIn(request))),
  ).toEqual([...Array.from({ length: 30 }, (_, i) => `step_${i}`), '/api/profile'])
  expect(all.map(({ name }) => name)).toEqual(['delivered', 'delivered'])
  await second.close()
  expect(await kept(appId)).toEqual([])
})

test('what an earlier page left waits no longer than flushIntervalMs', async () => {
  const server = scriptServer()
  server.answer = unreachable
  const appId = newAppId()
  const first = start({ appId })
  first.logActivity('left')
  await first.close()
  server.answer = well
  const delivered = told(start({ appId, flushIntervalMs: 50 }), 'delivered')
  expect((await delivered).events).toMatchObject([{ eventType: 'left' }])
})

test('the session outlives the page', async () => {
  scriptServer()
  const appId = newAppId()
  const first = start({ appId })
  const { sessionId } = first
  await first.close()
  expect(start({ appId }).sessionId).toBe(sessionId)
})

test('apps of one origin share neither events nor sessions', async () => {
  const server = scriptServer()
  const [shop, blog] = [start(), start()]
  shop.logActivity('bought')
  await blog.flush()
  expect(server.requests).toEqual([])
  expect(shop.sessionId).not.toBe(blog.sessionId)
})

test('the calls of one tick are one transaction', async () => {
  scriptServer()
  const arunika = start()
  await arunika.flush() // the database is open
  const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction')
  onTestFinished(() => transaction.mockRestore())
  for (let i = 0; i < 200; i++) arunika.logActivity('scrolled')
  await arunika.close()
  expect(transaction).toHaveBeenCalledOnce()
})

test('what is taken bit by bit is in few records, each of which goes with its last event', async () => {
  const server = scriptServer()
  server.answer = unreachable
  const appId = newAppId()
  const records = async () => values(createStore(`arunika-outbox-1-${appId}`, 'items'))
  const first = start({ appId })
  for (let i = 0; i < 50; i++) {
    first.logActivity(`step_${i}`)
    await new Promise((resolve) => setTimeout(resolve))
  }
  await first.close()
  expect((await records()).length).toBeLessThanOrEqual(5)
  expect(await kept(appId)).toHaveLength(50)
  server.answer = well
  const second = start({ appId })
  await second.flush()
  await second.close()
  expect(await records()).toEqual([])
})

test('what is taken after an answer does not bring the answered back', async () => {
  const server = scriptServer()
  const appId = newAppId()
  const arunika = start({ appId })
  arunika.logActivity('answered')
  await arunika.flush()
  server.answer = unreachable
  arunika.logActivity('waits')
  await expect(arunika.flush()).rejects.toMatchObject({ code: 'network_failed' })
  await arunika.close()
  expect(await kept(appId)).toMatchObject([{ json: expect.stringContaining('waits') as string }])
})

const broken: [string, () => void][] = [
  ['missing', () => void vi.stubGlobal('indexedDB', undefined)],
  ['forbidden', () => stubOpen(() => fail('SecurityError'))],
  ['out of order', () => stubOpen(() => openFails())],
]

test.each(broken)('where IndexedDB is %s, memory takes over, and that is told once', async (_, breakIt) => {
  const server = scriptServer()
  breakIt()
  const arunika = start()
  const all = record(arunika)
  arunika.logActivity('first')
  await arunika.flush()
  arunika.logActivity('second')
  await arunika.flush()
  expect(server.requests.map(typesIn)).toEqual([['first'], ['second']])
  expect(all.map(({ name, value }) => (name === 'error' ? value : name))).toMatchObject([
    { name: 'StorageError', code: 'storage_failed' },
    'delivered',
    'delivered',
  ])
})

test('where IndexedDB never answers, memory takes over after some seconds', async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const server = scriptServer()
  stubOpen(() => ({}))
  const arunika = start()
  const error = told(arunika, 'error')
  arunika.logActivity('first')
  const flushed = arunika.flush()
  await vi.advanceTimersByTimeAsync(5_500)
  await flushed
  expect(await error).toMatchObject({ code: 'storage_failed' })
  expect(server.requests.map(typesIn)).toEqual([['first']])
})

test.each(['put', 'remove'] as const)(
  'where a %s hangs, the later events are delivered from memory, and close comes to its end',
  async (hanging) => {
    const server = scriptServer()
    const arunika = start()
    arunika.logActivity('first')
    await arunika.flush() // the database is open
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    const error = told(arunika, 'error')
    const hung = hang(hanging === 'put' ? 'put' : 'delete')
    for (const type of ['second', 'third', 'fourth']) {
      arunika.logActivity(type)
      await arunika.flush()
    }
    const closed = arunika.close()
    await hung
    await vi.advanceTimersByTimeAsync(5_500)
    await closed
    expect(server.requests.map(typesIn)).toEqual([['first'], ['second'], ['third'], ['fourth']])
    expect(await error).toMatchObject({
      code: 'storage_failed',
      cause: { message: expect.stringContaining('no answer') as string },
    })
  },
)

test('where a write fails, events wait in memory, and all of them are delivered', async () => {
  const server = scriptServer()
  const arunika = start()
  arunika.logActivity('kept')
  await arunika.flush()
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => fail('QuotaExceededError'))
  onTestFinished(() => put.mockRestore())
  const error = told(arunika, 'error')
  arunika.logActivity('second')
  expect(await error).toMatchObject({ name: 'StorageError', cause: { message: 'QuotaExceededError' } })
  arunika.logActivity('third')
  await arunika.flush()
  expect(server.requests.map(typesIn)).toEqual([['kept'], ['second', 'third']])
})

test('where localStorage is forbidden, the page has a session of its own, and that is told', async () => {
  const server = scriptServer()
  const forbidden = vi.spyOn(window, 'localStorage', 'get').mockImplementation(() => fail('SecurityError'))
  onTestFinished(() => forbidden.mockRestore())
  const arunika = start()
  const { sessionId } = arunika
  const error = told(arunika, 'error')
  arunika.logActivity('login')
  await arunika.flush()
  expect(await error).toMatchObject({ name: 'StorageError', code: 'storage_failed' })
  expect(server.requests[0]?.body.sessionId).toBe(sessionId)
  expect(arunika.sessionId).toBe(sessionId)
})

function stubOpen(open: () => object): void {
  vi.stubGlobal('indexedDB', { open })
}

/** From now on transactions that call this stay open, until the test ends; resolves when the first does. */
function hang(method: 'put' | 'delete'): Promise<void> {
  let isOver = false
  return new Promise((resolve) => {
    const spy = vi.spyOn(IDBObjectStore.prototype, method).mockImplementation(keepOpen)
    onTestFinished(() => {
      isOver = true
      spy.mockRestore()
    })
    function keepOpen(this: IDBObjectStore): never {
      const request = this.count()
      if (!isOver) request.onsuccess = () => keepOpen.call(this)
      resolve()
      return request as never
    }
  })
}

/** A request that fails a little later, as a corrupt database does. */
function openFails(): object {
  const request: { error: Error; onerror?: () => void } = { error: new Error('UnknownError') }
  queueMicrotask(() => request.onerror?.())
  return request
}

function fail(message: string): never {
  throw new Error(message)
}
