import { expect, test } from 'vitest'
import { openLab } from './support/lab'
import { expectAllStored } from './support/stored'

test('1. steady: 200 events over 5 s are stored, in at most 25 requests and without a preflight', async () => {
  const lab = await openLab()
  const tab = await lab.openTab('/lamps?utm_source=newsletter')
  await tab.logEvery(25, 200)
  await expectAllStored(lab, tab)

  const batches = lab.proxy.requests.filter(({ path }) => path === '/api/events')
  expect(batches.length).toBeLessThanOrEqual(25)
  expect(lab.proxy.duplicates).toBe(0)
  expect(lab.proxy.preflights).toBe(0)
  const contentTypes = new Set(lab.proxy.requests.map(({ contentType }) => contentType))
  expect(contentTypes).toEqual(new Set(['text/plain;charset=UTF-8']))
})
