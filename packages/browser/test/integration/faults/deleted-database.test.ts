import { expect, test } from 'vitest'
import { openLab, type Lab } from './support/lab'
import { expectAllStored } from './support/stored'
import type { Tab } from './support/tab'
import { watchTransactions } from './support/watch-transactions'

/** The ways in which a database goes away under a page that uses it. */
const DELETIONS: [by: string, (lab: Lab, tab: Tab) => Promise<void>][] = [
  ['by the page', ({ appId }, { page }) => page.evaluate(deleteDatabase, `arunika-outbox-1-${appId}`)],
  [
    'by another tab',
    async ({ appId, context, shop }) => {
      const other = await context.newPage()
      await other.goto(`${shop}/empty`)
      await other.evaluate(deleteDatabase, `arunika-outbox-1-${appId}`)
    },
  ],
  [
    'by the user, who clears the data of the site',
    async ({ context, shop }, { page }) => {
      const cdp = await context.newCDPSession(page)
      await cdp.send('Storage.clearDataForOrigin', { origin: shop, storageTypes: 'all' })
    },
  ],
]

test.each(DELETIONS)('12. the database is deleted %s: the page delivers all the same', async (_, remove) => {
  const lab = await openLab()
  await lab.proxy.refuse()
  const tab = await lab.openTab()
  await tab.logAndKeep(30)
  await remove(lab, tab)
  await tab.log(30)
  await lab.proxy.accept()
  await tab.page.evaluate(() => dispatchEvent(new Event('online')))
  // The session may have gone with the database, so those from before it may be nobody's.
  await expectAllStored(lab, tab, { isOtherSession: true })
})

test.each(DELETIONS)('12. the database is deleted %s under two tabs: both deliver', async (_, remove) => {
  const lab = await openLab()
  await lab.proxy.refuse()
  const tabs = [await lab.openTab('/left'), await lab.openTab('/right')] as const
  for (const tab of tabs) await tab.logAndKeep(15)
  await remove(lab, tabs[0])
  for (const tab of tabs) await tab.log(15)
  await lab.proxy.accept()
  for (const { page } of tabs) await page.evaluate(() => dispatchEvent(new Event('online')))
  await expectAllStored(lab, tabs[1], { isOtherSession: true })
})

test.each(DELETIONS)(
  '12. the database is deleted %s: what is taken after that outlives the page',
  async (_, remove) => {
    const lab = await openLab({ flushIntervalMs: 100 })
    const taken = await watchTransactions(lab)
    const closed = await lab.openTab()
    await closed.log(30)
    await closed.page.waitForFunction(() => told.delivered.length === 30)
    await lab.proxy.refuse()
    await remove(lab, closed)
    await closed.log(30)
    await expect.poll(() => taken.size).toBe(60)
    await closed.page.close()
    await lab.proxy.accept()
    await expectAllStored(lab, await lab.openTab(), { isOtherSession: true })
  },
)

test('12. another tab changes the version of the database: nothing is lost', async () => {
  const lab = await openLab({ flushIntervalMs: 100 })
  await lab.proxy.refuse()
  const tab = await lab.openTab()
  await tab.logAndKeep(15)
  const other = await lab.context.newPage()
  await other.goto(`${lab.shop}/empty`)
  await other.evaluate(
    (name) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open(name, 2)
        opening.onsuccess = () => resolve()
        opening.onblocked = () => resolve()
        opening.onerror = () => reject(new Error(opening.error?.message))
      }),
    `arunika-outbox-1-${lab.appId}`,
  )
  await tab.log(15)
  await lab.proxy.accept()
  await tab.page.evaluate(() => dispatchEvent(new Event('online')))
  await expectAllStored(lab, tab)
})

/** Deletes it, or has it deleted as soon as nobody holds it open any more. */
function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const deleting = indexedDB.deleteDatabase(name)
    deleting.onsuccess = () => resolve()
    deleting.onblocked = () => resolve()
    deleting.onerror = () => reject(new Error(deleting.error?.message))
  })
}
