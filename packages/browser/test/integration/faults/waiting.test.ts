import { expect, test } from 'vitest'
import { answerWith, inTurn, pass } from './support/behaviours'
import { fixWaits } from './support/fix-waits'
import { openLab, type Lab } from './support/lab'
import { expectAllStored } from './support/stored'

const RETRY_AFTER_MS = 2_000
const askToWait = answerWith(429, { 'retry-after': String(RETRY_AFTER_MS / 1_000) })

/** Holds that nothing came between the answer to the first request and the end of the wait that it asked for. */
function expectWaited({ proxy }: Lab): void {
  const [first, second] = proxy.requests
  expect(second!.cameAt - first!.cameAt).toBeGreaterThanOrEqual(RETRY_AFTER_MS)
}

test('9. 429 with Retry-After: nothing is sent before, whatever the page does, and all of it after', async () => {
  const lab = await openLab()
  lab.proxy.behaviour = inTurn(askToWait, pass)
  const tab = await lab.openTab()
  await tab.log(30)
  await tab.page.waitForFunction(() => told.errors.length > 0)
  await tab.log(30)
  const code = await tab.page.evaluate(async () => {
    dispatchEvent(new Event('online'))
    document.dispatchEvent(new Event('visibilitychange'))
    return arunika.flush().catch((error: unknown) => (error as { code: string }).code)
  })
  expect(code).toBe('retry_later')
  await expectAllStored(lab, tab)
  expectWaited(lab)
})

test('9. 429 with Retry-After: the next page and another tab wait as well', async () => {
  const lab = await openLab()
  lab.proxy.behaviour = inTurn(askToWait, pass)
  const tab = await lab.openTab()
  await tab.log(30)
  await tab.page.waitForFunction(() => told.errors.length > 0)
  await tab.page.reload()
  await tab.log(30)
  const other = await lab.openTab()
  await other.log(30)
  await expectAllStored(lab, other)
  expectWaited(lab)
})

test('a reload storm while the server answers 503 is no retry storm', async () => {
  const lab = await openLab()
  await fixWaits(lab, 0.9)
  lab.proxy.behaviour = answerWith(503)
  const tab = await lab.openTab()
  await tab.log(30)
  await tab.page.waitForFunction(() => told.errors.length > 0)
  for (let reload = 0; reload < 20; reload++) {
    await tab.page.reload()
    await tab.logAndKeep(1)
  }
  // One a page would be 21; the waits of 0.9, 1.8, 3.6 and 7.2 s leave room for five.
  expect(lab.proxy.requests.length).toBeLessThanOrEqual(5)
  lab.proxy.behaviour = pass
  await tab.page.evaluate(() => arunika.flush())
  await expectAllStored(lab, tab)
})
