import { expect, test } from 'vitest'
import { hang, pass } from './support/behaviours'
import { fixWaits } from './support/fix-waits'
import { openLab } from './support/lab'
import { expectAllStored, storedSteps } from './support/stored'

/** Options of a client that sends nothing while its page is open. */
const ONLY_WHEN_LEFT = { flushAt: 1_000, flushIntervalMs: 3_600_000 }

test('2. navigate: 20 events, then location.href at once, and 20 on the next page', async () => {
  const lab = await openLab()
  const tab = await lab.openTab('/first')
  const next = tab.page.waitForURL('**/second')
  await tab.page.evaluate(
    (claim) =>
      void setTimeout(() => {
        steps(claim)
        location.href = '/second'
      }),
    tab.claim(20),
  )
  await next
  await tab.log(20)
  await expectAllStored(lab, tab)
})

test('what a page did last leaves with it, where no other page of the app comes after it', async () => {
  const lab = await openLab(ONLY_WHEN_LEFT)
  const tab = await lab.openTab()
  await tab.log(30)
  await tab.page.goto(`${lab.shop}/empty`)
  await storedSteps(lab, 30)
  expect(lab.proxy.requests).toHaveLength(1)
  await tab.page.goto(lab.shop)
  await expectAllStored(lab, tab)
})

test.each([
  ['delivers', pass],
  ['waits for an answer', hang],
])('3. close: 30 events, the tab closes at once while it %s, a new tab later', async (_, behaviour) => {
  const lab = await openLab({ requestTimeoutMs: 500 })
  await fixWaits(lab, 0.1)
  lab.proxy.behaviour = behaviour
  const closed = await lab.openTab()
  await closed.logAndKeep(30)
  await closed.page.close()
  // What a page that closes sends last may get through or not. Where nothing does, it is for the next page.
  const next = await lab.openTab()
  lab.proxy.behaviour = pass
  await expectAllStored(lab, next)
})

test('a reload while the server is down: the next page sends what the one before has kept, in one session', async () => {
  const lab = await openLab({ flushIntervalMs: 100 })
  await lab.proxy.refuse()
  const tab = await lab.openTab()
  await tab.logAndKeep(30)
  const sessionId = await tab.page.evaluate(() => arunika.sessionId)
  await tab.page.reload()
  await tab.log(5)
  await lab.proxy.accept()
  await tab.page.evaluate(() => dispatchEvent(new Event('online')))
  const activities = await expectAllStored(lab, tab)
  expect(new Set(activities.map((activity) => activity.sessionId))).toEqual(new Set([sessionId]))
  await expect.poll(() => tab.kept()).toEqual([])
})

test('15. a page that never becomes visible delivers while it is open, and keeps what it made last', async () => {
  const lab = await openLab({ flushIntervalMs: 100 })
  await lab.context.addInitScript(() => {
    Object.defineProperty(Document.prototype, 'visibilityState', { get: () => 'hidden' })
    Object.defineProperty(Document.prototype, 'hidden', { get: () => true })
  })
  const hidden = await lab.openTab()
  await hidden.log(15)
  await storedSteps(lab, 15)
  await lab.proxy.refuse()
  await hidden.logAndKeep(5)
  await hidden.page.close()
  await lab.proxy.accept()
  await expectAllStored(lab, await lab.openTab())
})
