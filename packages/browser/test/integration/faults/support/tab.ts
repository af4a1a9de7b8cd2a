import type { Page } from 'playwright-core'
import type { Claim } from './shop-page'

/** A tab of the shop, which counts what is made in it. */
export interface Tab {
  readonly name: string
  readonly page: Page
  /** How many steps were made in it, over all of its pages. */
  readonly made: number
  /** Numbers the steps that its page is about to make. */
  claim(count: number): Claim
  /** Makes steps, all in one tick. */
  log(count: number): Promise<void>
  /** Makes steps, and resolves when the transaction of each is complete, or it is delivered already. */
  logAndKeep(count: number): Promise<void>
  /** Makes steps one by one, so many milliseconds apart; resolves after the last. */
  logEvery(ms: number, count: number): Promise<void>
  /** What the client of its page has told. */
  told(): Promise<typeof globalThis.told>
  /** The steps that the device keeps. */
  kept(): Promise<string[]>
}

/** A tab with a page that is open. */
export function tabOf(name: string, page: Page): Tab {
  let made = 0
  const tab: Tab = {
    name,
    page,
    get made() {
      return made
    },
    claim(count) {
      const from = made
      made += count
      return { tab: name, from, count }
    },
    log: (count) => page.evaluate((claim) => steps(claim), tab.claim(count)),
    async logAndKeep(count) {
      const claim = tab.claim(count)
      await page.evaluate((claim) => steps(claim), claim)
      const areSafe = async ({ tab, from, count }: Claim) => {
        // In this order, so that what is delivered in between is not missed in both.
        const safe = new Set([...told.delivered, ...(await kept())])
        return Array.from({ length: count }, (_, i) => `${tab}: ${from + i}`).every((step) => safe.has(step))
      }
      await page.waitForFunction(areSafe, claim, { polling: 10 })
    },
    logEvery: (ms, count) =>
      page.evaluate(
        ([{ tab, from, count }, ms]) =>
          new Promise<void>((resolve) => {
            let made = 0
            const timer = setInterval(() => {
              steps({ tab, from: from + made++, count: 1 })
              if (made < count) return
              clearInterval(timer)
              resolve()
            }, ms)
          }),
        [tab.claim(count), ms] as const,
      ),
    told: () => page.evaluate(() => told),
    kept: () => page.evaluate(() => kept()),
  }
  return tab
}
