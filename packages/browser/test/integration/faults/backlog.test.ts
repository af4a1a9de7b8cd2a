import { expect, test } from 'vitest'
import { openLab } from './support/lab'
import { expectAllStored } from './support/stored'

test('10,000 events that wait when a page opens arrive, in few requests', async () => {
  const lab = await openLab()
  await lab.proxy.refuse()
  const closed = await lab.openTab()
  for (let thousands = 0; thousands < 10; thousands++) await closed.log(1_000)
  await expect.poll(async () => (await closed.kept()).length, { timeout: 20_000 }).toBe(10_000)
  await closed.page.close()
  await lab.proxy.accept()
  const tab = await lab.openTab()
  await expectAllStored(lab, tab)
  expect(lab.proxy.requests.length).toBeLessThanOrEqual(100)
  await expect.poll(() => tab.kept()).toEqual([])
})
