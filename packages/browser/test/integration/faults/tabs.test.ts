import { expect, test } from 'vitest'
import { hang, inTurn, pass, slow } from './support/behaviours'
import type { Behaviour } from './support/faulty-proxy'
import { openLab, type Lab } from './support/lab'
import { expectAllStored } from './support/stored'
import type { Tab } from './support/tab'

/** The server commits, and does not get around to saying so. */
const commitAndHang: Behaviour = async (exchange) => {
  await exchange.forward()
}

/** In which a tab that has taken over must have delivered, in milliseconds: far below the interval, and the retry waits. */
const PROMPT_MS = 3_000

test('7. two tabs at once are one session, and every event of either is stored once', async () => {
  const lab = await openLab({ flushIntervalMs: 100 })
  const left = await lab.openTab('/left')
  const sessionId = await left.page.evaluate(() => arunika.sessionId)
  const right = await lab.openTab('/right')
  await Promise.all([left.log(15), right.log(15)])
  const activities = await expectAllStored(lab, right)
  expect(new Set(activities.map((activity) => activity.sessionId))).toEqual(new Set([sessionId]))
})

test.each([
  ['before the server has its request', hang],
  ['between the server’s commit and the answer', commitAndHang],
])('7. of two tabs one is killed while it sends, %s: the other delivers for both', async (_, behaviour) => {
  const lab = await openLab({ flushIntervalMs: 3_600_000 })
  const tabs = [await lab.openTab('/left'), await lab.openTab('/right')]
  lab.proxy.behaviour = inTurn(behaviour, pass)
  const sending = nextSender(tabs)
  for (const tab of tabs) await tab.logAndKeep(15)
  const sender = await sending
  await crash(lab, sender)

  const crashedAt = performance.now()
  const [survivor] = tabs.filter((tab) => tab !== sender)
  await expectAllStored(lab, survivor!)
  expect(performance.now() - crashedAt).toBeLessThan(PROMPT_MS)
})

test('a tab that has made nothing delivers for one that is killed while it sends', async () => {
  const lab = await openLab({ flushIntervalMs: 3_600_000 })
  const sender = await lab.openTab('/sender')
  const idle = await lab.openTab('/idle')
  lab.proxy.behaviour = inTurn(hang, pass)
  const sending = lab.proxy.nextRequest()
  await sender.logAndKeep(15)
  await sending
  await crash(lab, sender)

  const crashedAt = performance.now()
  await expectAllStored(lab, idle)
  expect(performance.now() - crashedAt).toBeLessThan(PROMPT_MS)
})

test('a tab that sends is closed: another goes on with what it leaves behind', async () => {
  const lab = await openLab({ flushIntervalMs: 100 })
  const tabs = [await lab.openTab('/left'), await lab.openTab('/right')]
  lab.proxy.behaviour = inTurn(hang, pass)
  const sending = nextSender(tabs)
  for (const tab of tabs) await tab.logAndKeep(15)
  const sender = await sending
  await sender.page.close()
  await expectAllStored(
    lab,
    tabs.find((tab) => tab !== sender)!,
  )
})

test('a tab that the browser puts to sleep while it sends does not hold up another', async () => {
  const lab = await openLab({ flushIntervalMs: 100, requestTimeoutMs: 500 })
  const asleep = await lab.openTab('/left')
  lab.proxy.behaviour = inTurn(hang, pass)
  const sending = lab.proxy.nextRequest()
  await asleep.log(15)
  await sending
  // Halts its scripts at the next that would run, the timer of the request among them.
  const cdp = await lab.context.newCDPSession(asleep.page)
  await cdp.send('Debugger.enable')
  await cdp.send('Debugger.pause')
  const awake = await lab.openTab('/right')
  await awake.log(15)
  await expectAllStored(lab, awake)
})

test('without Web Locks, what two tabs make is stored once', async () => {
  const lab = await openLab({ flushIntervalMs: 100 })
  await lab.context.addInitScript(() => void Reflect.deleteProperty(Navigator.prototype, 'locks'))
  const tabs = [await lab.openTab('/left'), await lab.openTab('/right')] as const
  expect(await tabs[0].page.evaluate(() => 'locks' in navigator)).toBe(false)
  await tabs[0].page.evaluate(() => arunika.sessionId)
  await Promise.all(tabs.map((tab) => tab.logEvery(10, 50)))
  await expectAllStored(lab, tabs[1])
})

test('four busy tabs make one request at a time, and send next to nothing twice', async () => {
  const lab = await openLab({ flushIntervalMs: 100 })
  lab.proxy.behaviour = slow(30)
  const first = await lab.openTab('/a')
  // The session is there before the others open: tabs of one instant may begin one each for their first events.
  await first.page.evaluate(() => arunika.sessionId)
  for (const path of ['/b', '/c', '/d']) await lab.openTab(path)
  await Promise.all(lab.tabs.map((tab) => tab.logEvery(10, 100)))
  await expectAllStored(lab, first)
  expect(lab.proxy.mostAtOnce).toBe(1)
  expect(lab.proxy.duplicates).toBeLessThanOrEqual(20)
})

/** Resolves with the tab that makes the next request. */
async function nextSender(tabs: Tab[]): Promise<Tab> {
  return Promise.race(tabs.map(async (tab) => tab.page.waitForRequest('**/api/events').then(() => tab)))
}

/** Kills the process that renders a tab; the browser and its other tabs live on. */
async function crash({ context }: Lab, { page }: Tab): Promise<void> {
  const crashed = page.waitForEvent('crash')
  const session = await context.newCDPSession(page)
  // Never answered: the one who would is gone.
  session.send('Page.crash').catch(() => undefined)
  await crashed
}
