import type { ArunikaOptions } from '@arunika/browser'
import type { BrowserContext } from 'playwright-core'
import { onTestFinished } from 'vitest'
import { startServer, type TestServer } from '../../../../../server/test/support/start-server'
import { bundle } from '../../bundle'
import { sharedChromium } from '../../chromium'
import { openShop } from '../../shop'
import { startProxy, type FaultyProxy } from './faulty-proxy'
import { tabOf, type Tab } from './tab'

/** What a fault test is made of: a real server, a proxy that makes the faults, a shop, and somebody's browser. */
export interface Lab {
  readonly appId: string
  readonly server: Pick<TestServer, 'asOperator'>
  readonly proxy: FaultyProxy
  /** The origin of the shop, another than the proxy's. */
  readonly shop: string
  /** The browser in which tabs are opened: another one after it was killed. */
  context: BrowserContext
  /** Every tab that was opened. */
  readonly tabs: Tab[]
  /** Opens a tab with a page of the shop, which has a client. */
  openTab(path?: string): Promise<Tab>
}

let pageScript: Promise<string> | undefined
const PAGE_SCRIPT = `
  import { startPage } from './test/integration/faults/support/shop-page'
  startPage(globalThis.arunikaOptions)
`

/** A lab with a browser context of its own, in the Chromium that the file's tests share. */
export async function openLab(options: Partial<ArunikaOptions> = {}): Promise<Lab> {
  const context = await (await sharedChromium()).newContext()
  onTestFinished(() => context.close())
  return labFor(context, options)
}

/** A lab for somebody's browser, with a server of its own or with one that runs already. */
export async function labFor(
  context: BrowserContext,
  options: Partial<ArunikaOptions>,
  server?: Pick<TestServer, 'appId' | 'url' | 'asOperator'>,
): Promise<Lab> {
  const { appId, url, asOperator } = server ?? (await startServer())
  const proxy = await startProxy(url)
  const given: ArunikaOptions = { appId, endpoint: proxy.url, ...options }
  pageScript ??= bundle(PAGE_SCRIPT, { minify: true })
  const shop = await openShop(`globalThis.arunikaOptions = ${JSON.stringify(given)}\n${await pageScript}`)
  const lab: Lab = {
    appId,
    server: { asOperator },
    proxy,
    shop,
    context,
    tabs: [],
    async openTab(path = '/') {
      const page = await lab.context.newPage()
      await page.goto(shop + path)
      const tab = tabOf(`tab ${lab.tabs.length + 1}`, page)
      lab.tabs.push(tab)
      return tab
    },
  }
  return lab
}
