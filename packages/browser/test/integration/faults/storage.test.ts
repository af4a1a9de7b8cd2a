import { expect, test } from 'vitest'
import { openLab } from './support/lab'
import { expectAllStored } from './support/stored'

test('12. a browser without IndexedDB: what is made is delivered while the page lives', async () => {
  const lab = await openLab()
  await lab.context.addInitScript(() => Reflect.deleteProperty(globalThis, 'indexedDB'))
  const tab = await lab.openTab()
  await tab.log(30)
  await expectAllStored(lab, tab)
  expect(await tab.page.evaluate(() => typeof indexedDB)).toBe('undefined')
  expect((await tab.told()).errors).toEqual(['StorageError'])
})

test('12. storage that the user has forbidden throws nothing into the page', async () => {
  const lab = await openLab()
  await lab.context.addInitScript(() => {
    const forbid = () => {
      throw new DOMException('Access is denied for this document.', 'SecurityError')
    }
    for (const name of ['localStorage', 'indexedDB']) Object.defineProperty(globalThis, name, { get: forbid })
  })
  const tab = await lab.openTab()
  const errors: Error[] = []
  tab.page.on('pageerror', (error) => void errors.push(error))
  await tab.log(30)
  await expectAllStored(lab, tab)
  expect(errors).toEqual([])
})

test('12. quota exceeded: memory takes over, and what was kept before is not lost', async () => {
  const lab = await openLab()
  await lab.proxy.refuse()
  const tab = await lab.openTab()
  const cdp = await lab.context.newCDPSession(tab.page)
  await cdp.send('Storage.overrideQuotaForOrigin', { origin: lab.shop, quotaSize: 400_000 })
  await tab.logAndKeep(10)
  await tab.page.evaluate(({ tab, from, count }) => {
    // Random, since the browser packs what repeats itself.
    const ballast = () => crypto.getRandomValues(new Uint8Array(5_000)).join(' ')
    for (let n = from; n < from + count; n++) {
      arunika.logActivity('step', undefined, { tab, n, ballast: ballast() })
    }
  }, tab.claim(40))
  await tab.page.waitForFunction(() => told.errors.includes('StorageError'))
  await tab.log(10)
  await lab.proxy.accept()
  await tab.page.evaluate(() => dispatchEvent(new Event('online')))
  await expectAllStored(lab, tab)
  expect((await tab.told()).dropped).toEqual([])
})
