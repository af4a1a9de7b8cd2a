import { expect, test } from 'vitest'
import { answerWith, cutAnswer, hang, inTurn, loseAnswer, pass, refuseAbove } from './support/behaviours'
import { openLab } from './support/lab'
import { fixWaits } from './support/fix-waits'
import { expectAllStored } from './support/stored'

test('5. outage: 503 for 10 s, in which the page goes on', async () => {
  const lab = await openLab()
  await fixWaits(lab, 0.4)
  const ends = performance.now() + 10_000
  const isOver = () => performance.now() > ends
  lab.proxy.behaviour = (exchange) => (isOver() ? pass(exchange) : answerWith(503)(exchange))
  const tab = await lab.openTab()
  await tab.log(30)
  await tab.logEvery(150, 60)
  const refused = lab.proxy.requests.length
  await expectAllStored(lab, tab)
  expect(refused).toBeGreaterThan(2)
  expect(refused).toBeLessThanOrEqual(6)
  expect((await tab.told()).errors).toContain('DeliveryError')
})

test('6. refused connection, page closed, later opened', async () => {
  const lab = await openLab({ flushIntervalMs: 100 })
  await lab.proxy.refuse()
  const closed = await lab.openTab()
  await closed.logAndKeep(30)
  await closed.page.waitForFunction(() => told.errors.length > 0)
  await closed.page.close()
  await lab.proxy.accept()
  await expectAllStored(lab, await lab.openTab())
})

test('a connection that is lost and comes back: all is sent at once', async () => {
  const lab = await openLab()
  await fixWaits(lab, 0.9)
  const tab = await lab.openTab()
  await lab.context.setOffline(true)
  await tab.log(30)
  await tab.page.waitForFunction(() => told.errors.length > 0)
  const backAt = performance.now()
  await lab.context.setOffline(false)
  await expectAllStored(lab, tab)
  // The wait alone would be 0.9 s.
  expect(lab.proxy.requests[0]!.cameAt - backAt).toBeLessThan(700)
})

test('8. lost answers: the server commits and the connection drops, before the answer or within it', async () => {
  const lab = await openLab()
  await fixWaits(lab, 0.1)
  lab.proxy.behaviour = inTurn(loseAnswer, cutAnswer, loseAnswer, cutAnswer, pass)
  const tab = await lab.openTab()
  await tab.log(30)
  await tab.page.waitForFunction(() => told.delivered.length >= 30)
  await expectAllStored(lab, tab)
  expect(lab.proxy.duplicates).toBeGreaterThan(0)
  const { delivered } = await tab.told()
  expect(delivered).toHaveLength(30)
  expect(new Set(delivered)).toHaveLength(30)
})

test('no answer at all: a request is given up in time, and made again', async () => {
  const lab = await openLab({ requestTimeoutMs: 300 })
  await fixWaits(lab, 0.1)
  lab.proxy.behaviour = inTurn(hang, hang, pass)
  const tab = await lab.openTab()
  await tab.log(30)
  await expectAllStored(lab, tab)
})

test('413: what is too large for something before the server arrives in parts, and nothing is given up', async () => {
  const lab = await openLab()
  lab.proxy.behaviour = refuseAbove(7)
  const tab = await lab.openTab()
  await tab.log(100)
  await expectAllStored(lab, tab)
  expect((await tab.told()).rejected).toEqual([])
})
