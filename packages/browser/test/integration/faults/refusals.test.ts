import { expect, test } from 'vitest'
import { fixWaits } from './support/fix-waits'
import { openLab } from './support/lab'
import { expectAllStored } from './support/stored'

test('10. one poisoned event amid good ones is told of with the reason, and its neighbours are stored', async () => {
  const lab = await openLab()
  const tab = await lab.openTab()
  await tab.page.evaluate(
    ([before, after]) => {
      steps(before)
      arunika.logActivity('x'.repeat(200))
      steps(after)
    },
    [tab.claim(10), tab.claim(10)] as const,
  )
  await expectAllStored(lab, tab)
  const { rejected } = await tab.told()
  expect(rejected).toEqual([{ type: 'x'.repeat(200), code: 'invalid_event_type' }])
  await expect.poll(() => tab.kept()).toEqual([])
})

test('10. one event that JSON cannot hold is told of with the reason, and its neighbours are stored', async () => {
  const lab = await openLab()
  const tab = await lab.openTab()
  await tab.page.evaluate(
    ([before, after]) => {
      steps(before)
      arunika.logActivity('endless', undefined, { of: globalThis })
      steps(after)
    },
    [tab.claim(10), tab.claim(10)] as const,
  )
  await expectAllStored(lab, tab)
  expect((await tab.told()).rejected).toEqual([{ type: 'endless', code: 'invalid_event_data' }])
})

test('11. bound reached: what is beyond is told of as dropped, and all that was taken is stored', async () => {
  const lab = await openLab({ maxWaitingEvents: 20, flushIntervalMs: 100 })
  await fixWaits(lab, 0.1)
  await lab.proxy.refuse()
  const tab = await lab.openTab()
  await tab.log(30)
  const beyond = Array.from({ length: 10 }, (_, i) => 20 + i)
  await tab.page.waitForFunction(() => told.errors.length > 0)
  expect((await tab.told()).dropped).toEqual(
    beyond.map((n) => ({ step: `${tab.name}: ${n}`, reason: 'outbox_full' })),
  )
  await lab.proxy.accept()
  await tab.page.waitForFunction(() => told.delivered.length === 20)
  await tab.log(5)
  await expectAllStored(lab, tab, { except: [{ tab, n: beyond }] })
})

test('11. bound of bytes reached: the same', async () => {
  const lab = await openLab({ maxWaitingBytes: 8_000, flushIntervalMs: 100 })
  await fixWaits(lab, 0.1)
  await lab.proxy.refuse()
  const tab = await lab.openTab()
  await tab.log(30)
  const { dropped } = await tab.told()
  expect(dropped.length).toBeGreaterThan(0)
  expect(new Set(dropped.map(({ reason }) => reason))).toEqual(new Set(['outbox_full']))
  await lab.proxy.accept()
  await expectAllStored(lab, tab, {
    except: [{ tab, n: dropped.map(({ step }) => Number(step.split(': ')[1])) }],
  })
})
