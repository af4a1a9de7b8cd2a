import type { Activity } from '@arunika/protocol'
import type { Page } from 'playwright-core'

/** Somebody who uses the shop's page, as a person would: by what it says. */
export class Customer {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async visit(url: string): Promise<void> {
    await this.page.goto(url)
  }

  async putHarbourIntoCart(): Promise<void> {
    await this.page.getByRole('link', { name: 'Harbour' }).click()
    await this.page.getByRole('button', { name: 'Add to cart' }).click()
    await this.page.getByRole('link', { name: 'Cart, 1 lamp' }).click()
  }

  async signIn(email: string): Promise<void> {
    await this.page.getByRole('link', { name: 'Sign in to pay' }).click()
    await this.page.getByLabel('Name').fill('Ada Lovelace')
    await this.page.getByLabel('Email').fill(email)
    await this.page.getByLabel('Password').fill('before-sunrise')
    await this.page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await this.page.getByRole('button', { name: 'Pay €72.00' }).waitFor()
  }

  async pay(): Promise<void> {
    await this.page.getByRole('button', { name: 'Pay €72.00' }).click()
    await this.page.getByRole('list', { name: 'Where the order is' }).waitFor()
  }

  /** The order's page says so, on its own. */
  async waitForShipping(): Promise<void> {
    await this.page.getByRole('heading', { name: 'On its way to you' }).waitFor()
  }

  async waitForLink(status: 'Live' | 'Reconnecting'): Promise<void> {
    await this.page.getByRole('status').getByText(status, { exact: true }).waitFor()
  }

  /** Waits until the timeline beside the shop has this many events. */
  async waitForEvents(count: number): Promise<void> {
    await this.page.locator(`.event:nth-child(${count})`).waitFor()
  }

  /** What the timeline beside the shop says of each event: its type, its source, and how it came to its person. */
  async shownTimeline(): Promise<string[]> {
    const events = await this.page.locator('.event').all()
    return Promise.all(
      events.map(async (event) => {
        const source = await event.locator('.event__source').innerText()
        const type = await event.locator('code').innerText()
        return `${source} ${type} ${(await event.getAttribute('data-belonging')) ?? ''}`
      }),
    )
  }
}

/** An event in one line: source, type, and for a page view its path. An order's number is left out. */
export function inOneLine({ source, eventType, context }: Activity): string {
  const path = eventType === 'page_view' ? context?.page?.path?.replace(/SH-\d+/, 'SH') : undefined
  return [source, eventType, path].filter(Boolean).join(' ')
}

/** What a visit, a purchase and its shipping leave behind. */
export const WHOLE_WAY = [
  'browser page_view /',
  'browser page_view /lamps/harbour',
  'browser add_to_cart',
  'browser page_view /cart',
  'browser page_view /sign-in',
  'server user_registered',
  'browser user_identified',
  'browser page_view /cart',
  'server payment_processed',
  'browser page_view /orders/SH',
  'server order_shipped',
]
