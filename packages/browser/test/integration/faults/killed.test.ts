import fc from 'fast-check'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { openLabOnDisk } from './support/lab-on-disk'
import { expectAllStored, numbersOf, storedSteps } from './support/stored'
import { watchTransactions } from './support/watch-transactions'

// The moment of a kill is what these tests are about: here a delay is the fault and not a wait for something.

test.each(['down', 'up'])(
  '4. kill: SIGKILL of the whole browser 300 ms after 30 events while the server is %s',
  async (server) => {
    const lab = await openLabOnDisk()
    if (server === 'down') await lab.proxy.refuse()
    const killed = await lab.openTab()
    // Signed in before, since the session itself is in localStorage, of which the last seconds do not outlive a kill.
    await killed.page.evaluate(() => void arunika.identify({ userId: 'user-42' }))
    await killed.log(30)
    await delay(300)
    await lab.killAndRestart()
    if (server === 'down') await lab.proxy.accept()
    await expectAllStored(lab, await lab.openTab())
  },
)

test('4. kill: at ten random moments, every event whose transaction was complete arrives', async () => {
  const seed = Number(process.env['FAULT_SEED'] ?? Date.now() % 1_000_000)
  console.log(`ten kills at random moments: FAULT_SEED=${seed}`)
  const moments = fc.sample(
    fc.record({
      isServerUp: fc.boolean(),
      everyMs: fc.integer({ min: 0, max: 20 }),
      ms: fc.integer({ max: 250, min: 0 }),
    }),
    { numRuns: 10, seed },
  )
  const lab = await openLabOnDisk({ flushIntervalMs: 50 })
  const taken = new Set<string>()

  for (const { isServerUp, everyMs, ms } of moments) {
    if (!isServerUp) await lab.proxy.refuse()
    await watchTransactions(lab, taken)
    const tab = await lab.openTab()
    await tab.page.evaluate(
      ([{ tab, count }, everyMs]) => {
        let from = 0
        setInterval(() => from < count && steps({ tab, from: from++, count: 1 }), everyMs)
      },
      [tab.claim(500), everyMs] as const,
    )
    await delay(ms)
    await lab.killAndRestart()
    if (!isServerUp) await lab.proxy.accept()
  }
  const last = await lab.openTab()
  await last.page.evaluate(() => arunika.flush())

  const stored = await storedSteps(lab, taken.size)
  expect(taken.size).toBeGreaterThan(10)
  expect([...taken].filter((id) => !stored.some(({ eventId }) => eventId === id))).toEqual([])
  for (const numbers of Object.values(numbersOf(stored))) {
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b))
  }
})
