import { afterEach, beforeEach, expect, test } from 'vitest'
import { startJudge, type Judge } from './judge'
import { kept, log, newVisitor, openShop } from './shop'

const appId = 'app_shop'
let judge: Judge
beforeEach(async () => void (judge = await startJudge()))
afterEach(() => judge.stop())

const visit = async (options: { flushIntervalMs?: number } = {}) =>
  newVisitor(await openShop(), { appId, endpoint: judge.endpoint, flushIntervalMs: 100, ...options })

function expectEachOnce(types: string[]): void {
  expect(judge.stored.map(({ eventType }) => eventType).sort()).toEqual(types.sort())
}

const steps = (count: number, type = 'step') => Array.from({ length: count }, (_, i) => `${type}_${i}`)

test('a reload while the server is down', async () => {
  const visitor = await visit()
  await judge.stop()
  const page = await visitor.open('/')
  await log(page, 30)
  await expect.poll(() => kept(page, appId)).toBe(30)
  const sessionId = await page.evaluate(() => arunika.sessionId)
  await visitor.open('/', page)
  await log(page, 5, 'after')
  await judge.restart()
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await judge.storedCount(35)
  expect(judge.stored.map(({ eventType }) => eventType)).toEqual([...steps(30), ...steps(5, 'after')])
  expect(new Set(judge.stored.map((event) => event.sessionId))).toEqual(new Set([sessionId]))
  await expect.poll(() => kept(page, appId)).toBe(0)
})

test('a browser that is killed while the server is down, and started another day', async () => {
  const visitor = await visit()
  await judge.stop()
  const page = await visitor.open('/')
  await log(page, 30)
  await page.evaluate(() => void arunika.identify({ userId: 'user-42' }))
  await expect.poll(() => kept(page, appId)).toBe(31)
  await visitor.killAndRestart()
  await judge.restart()
  await visitor.open('/')
  await judge.storedCount(31)
  expectEachOnce([...steps(30), 'user_identified'])
  expect(judge.duplicates).toEqual([])
})

test('a page that is left at once: what it did last leaves with it', async () => {
  const visitor = await visit({ flushIntervalMs: 3_600_000 })
  const page = await visitor.open('/')
  await page.evaluate(() => {
    addEventListener('click', () => {
      for (let i = 0; i < 9; i++) arunika.logActivity(`step_${i}`)
      location.href = '/elsewhere'
    })
  })
  await page.mouse.click(1, 1)
  await judge.storedCount(9)
  expectEachOnce(steps(9))
})

test('a tab that is closed at once', async () => {
  const visitor = await visit({ flushIntervalMs: 3_600_000 })
  const page = await visitor.open('/')
  await log(page, 9)
  await page.close({ runBeforeUnload: true })
  await judge.storedCount(9)
  expectEachOnce(steps(9))
})

test('an outage, in which the server answers 503', async () => {
  const visitor = await visit()
  judge.isIll = true
  const page = await visitor.open('/')
  await log(page, 30)
  await judge.nextRequest()
  judge.isIll = false
  await judge.storedCount(30)
  expectEachOnce(steps(30))
})

test('a browser without IndexedDB, where only the page itself must live', async () => {
  const visitor = await visit()
  await visitor.context.addInitScript(() => Reflect.deleteProperty(globalThis, 'indexedDB'))
  const page = await visitor.open('/')
  await log(page, 30)
  await judge.storedCount(30)
  expect(await page.evaluate(() => typeof indexedDB)).toBe('undefined')
  expectEachOnce(steps(30))
})

test('two tabs are one session, and every event of either is stored once', async () => {
  const visitor = await visit()
  const left = await visitor.open('/left')
  const sessionId = await left.evaluate(() => arunika.sessionId)
  const right = await visitor.open('/right')
  await Promise.all([log(left, 15, 'left'), log(right, 15, 'right')])
  await judge.storedCount(30)
  expectEachOnce([...steps(15, 'left'), ...steps(15, 'right')])
  expect(new Set(judge.stored.map((event) => event.sessionId))).toEqual(new Set([sessionId]))
})

test('a page of another origin than the server’s sends no preflight', async () => {
  const visitor = await visit()
  const page = await visitor.open('/')
  await log(page, 3)
  const answer = await page.evaluate(() => arunika.identify({ userId: 'user-42' }))
  expect(answer).toEqual({ profileId: 'profile-of-user-42', status: 'active' })
  expect(judge.preflights).toBe(0)
  expect(new Set(judge.requests.map(({ contentType }) => contentType))).toEqual(
    new Set(['text/plain;charset=UTF-8']),
  )
})
