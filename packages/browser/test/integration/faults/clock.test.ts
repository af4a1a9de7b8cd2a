import { expect, test } from 'vitest'
import { openLab } from './support/lab'
import { expectAllStored } from './support/stored'
import type { Tab } from './support/tab'

const HOUR_MS = 3_600_000

/** Sets the clock of a page back. Its timers go on, as they do where a person or a time server sets the system's. */
async function setBackAnHour({ page }: Tab): Promise<void> {
  await page.evaluate((hourMs) => {
    const earlier = Date
    globalThis.Date = new Proxy(earlier, {
      construct: (date, given: unknown[]) =>
        Reflect.construct(date, given.length > 0 ? given : [earlier.now() - hourMs]) as Date,
      get: (date, name): unknown => (name === 'now' ? () => earlier.now() - hourMs : Reflect.get(date, name)),
    })
  }, HOUR_MS)
}

test('13. clock set back an hour between two calls: both leave in time, in their order and session', async () => {
  const lab = await openLab({ flushIntervalMs: 1_000 })
  const tab = await lab.openTab()
  const startedAt = performance.now()
  await tab.log(4)
  await setBackAnHour(tab)
  await tab.log(4)
  const activities = await expectAllStored(lab, tab)
  expect(performance.now() - startedAt).toBeLessThan(5_000)
  expect(new Set(activities.map(({ sessionId }) => sessionId))).toHaveLength(1)
  const now = Date.now()
  for (const { timestamp } of activities) expect(Math.abs(now - Date.parse(timestamp))).toBeLessThan(60_000)
})

test('13. clock set back an hour after what was made before has left', async () => {
  const lab = await openLab({ flushIntervalMs: 100 })
  const tab = await lab.openTab()
  await tab.log(4)
  await tab.page.waitForFunction(() => told.delivered.length === 4)
  await setBackAnHour(tab)
  await tab.log(4)
  await expectAllStored(lab, tab)
})
