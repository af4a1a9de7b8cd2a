import { expect, test } from 'vitest'
import { openLabOnDisk } from './support/lab-on-disk'
import { expectAllStored, storedSteps } from './support/stored'

// In these tests the pages go by themselves, those that they go to as well: one that Playwright asks something while it is in
// the cache is thrown out.

/** Playwright switches the back/forward cache off, and headless Chromium has it behind a flag. */
const WITH_BFCACHE = { ignoreDefaultArgs: ['--disable-back-forward-cache'], args: ['--enable-bfcache'] }
const TRIPS = 4

/** Half of the time after which a request is given up: what takes as long was held up by a page in the cache. */
const PROMPT_MS = 5_000

declare global {
  /** How often the page was taken out of the cache. */
  var restored: number
}

test('14. bfcache: away and back, with events before and after: the page is restored, and goes on', async () => {
  const lab = await openLabOnDisk({ flushIntervalMs: 100 }, WITH_BFCACHE)
  const tab = await lab.openTab()
  await tab.page.evaluate(
    ([{ tab, count }, trips]) => {
      const visit = async () => {
        const part = count / (trips + 1)
        steps({ tab, from: restored * part, count: part })
        if (restored === trips) return
        await arunika.flush()
        await kept()
        location.href = '/back'
      }
      globalThis.restored = 0
      addEventListener('pageshow', ({ persisted }) => {
        if (persisted) restored++
        void visit()
      })
      setTimeout(() => void visit())
    },
    [tab.claim((TRIPS + 1) * 7), TRIPS] as const,
  )
  await storedSteps(lab, tab.made)
  await expectAllStored(lab, tab)
  expect(await tab.page.evaluate(() => restored)).toBe(TRIPS)
  expect((await tab.told()).delivered).toHaveLength(tab.made)
})

test.each([
  ['a page without the app', '/back'],
  ['another page of the app', '/app/back'],
])(
  '14. bfcache: away at once to %s and back, restored or loaded anew: nothing is lost, or held up',
  async (_, path) => {
    const lab = await openLabOnDisk({ flushIntervalMs: 100 }, WITH_BFCACHE)
    await lab.context.addInitScript(
      ([path, trips]) => {
        addEventListener('pageshow', () => {
          if (location.pathname !== '/') return
          const trip = Number(sessionStorage.getItem('trip') ?? 0)
          sessionStorage.setItem('trip', String(trip + 1))
          steps({ tab: 'tab 1', from: trip * 14, count: 14 })
          // Not while the page loads: that would make no entry in the history.
          if (trip < trips) setTimeout(() => (location.href = path))
        })
      },
      [path, TRIPS] as const,
    )
    const tab = await lab.openTab()
    const openedAt = performance.now()
    tab.claim((TRIPS + 1) * 14)
    await storedSteps(lab, tab.made)
    expect(performance.now() - openedAt).toBeLessThan(PROMPT_MS)
    expect(await tab.page.evaluate(() => sessionStorage.getItem('trip'))).toBe(String(TRIPS + 1))
    await expectAllStored(lab, tab)
  },
)
