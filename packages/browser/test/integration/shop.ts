import type { Arunika, ArunikaOptions, init } from '@arunika/browser'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext, type Page } from 'playwright-core'
import { onTestFinished } from 'vitest'
import { bundle } from './bundle'

declare global {
  /** The SDK, and the client that {@link Visitor.open} makes, in the pages of the shop. */
  var sdk: { init: typeof init }
  var arunika: Arunika
}

interface Chromium {
  chromiumPath: () => Promise<string>
  chromiumArgs: string[]
}
const { chromiumPath, chromiumArgs } = (await import(
  new URL('../../../../scripts/chromium.mjs', import.meta.url).href
)) as Chromium

/** The SDK as a `<script>`, for tests that make a client by themselves. */
const sdkScript = () =>
  bundle(`import { init } from '@arunika/browser'\nglobalThis.sdk = { init }`, { minify: true })

/** A web site whose every path is a page with this script, or with the SDK alone. Closed when the test ends. */
export async function openShop(script?: string): Promise<string> {
  const code = script ?? (await sdkScript())
  const server = createServer((request, response) => {
    const isScript = request.url === '/app.js'
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html;charset=UTF-8')
    response.end(
      isScript ? code : `<!doctype html><title>Shop</title><script type="module" src="/app.js"></script>`,
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Somebody with a browser of their own, whose profile outlives it. */
export interface Visitor {
  context: BrowserContext
  /** Opens a page of the shop, where `arunika` is a client. */
  open(path: string, page?: Page): Promise<Page>
  /** Kills the whole browser at once (SIGKILL), and opens it again with the same profile. */
  killAndRestart(): Promise<void>
}

export async function newVisitor(shop: string, options: ArunikaOptions): Promise<Visitor> {
  const profile = await mkdtemp(join(tmpdir(), 'arunika-visitor-'))
  const launch = async () =>
    chromium.launchPersistentContext(profile, { executablePath: await chromiumPath(), args: chromiumArgs })
  const visitor: Visitor = {
    context: await launch(),
    async open(path, page) {
      const opened = page ?? (await visitor.context.newPage())
      await opened.goto(shop + path)
      await opened.evaluate((given) => void (globalThis.arunika = sdk.init(given)), options)
      return opened
    },
    async killAndRestart() {
      const { context } = visitor
      const closed = new Promise((resolve) => context.once('close', resolve))
      process.kill(await processId(context), 'SIGKILL')
      await closed
      visitor.context = await launch()
    },
  }
  onTestFinished(async () => {
    await visitor.context.close()
    await rm(profile, { recursive: true, force: true })
  })
  return visitor
}

async function processId(context: BrowserContext): Promise<number> {
  const session = await context.browser()?.newBrowserCDPSession()
  const info = await session?.send('SystemInfo.getProcessInfo')
  const browser = info?.processInfo.find(({ type }) => type === 'browser')
  if (browser === undefined) throw new Error('the browser has no process')
  return browser.id
}

/** Reports some events at once. */
export async function log(page: Page, count: number, type = 'step'): Promise<void> {
  await page.evaluate(
    ([count, type]) => {
      for (let i = 0; i < count; i++) arunika.logActivity(`${type}_${i}`)
    },
    [count, type] as const,
  )
}

/** How many events the device keeps. */
export async function kept(page: Page, appId: string): Promise<number> {
  return page.evaluate(
    (name) =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open(name)
        opening.onerror = () => reject(new Error(opening.error?.message))
        opening.onsuccess = () => {
          const counting = opening.result.transaction('items').objectStore('items').count()
          counting.onerror = () => reject(new Error(counting.error?.message))
          counting.onsuccess = () => {
            opening.result.close()
            resolve(counting.result)
          }
        }
      }),
    `arunika-outbox-1-${appId}`,
  )
}
