import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import type { Arunika } from '../../src'
import { startServer } from '../../../server/test/support/start-server'
import { bundle } from './bundle'
import { sharedChromium } from './chromium'
import { readActivities } from './faults/support/stored'

declare global {
  /** The client, in a page that loads the script. */
  var arunika: Arunika
}

test('the guide’s snippet keeps what is called before the script has loaded, in its order', async () => {
  const server = await startServer()
  const guide = await readFile(new URL('../../../../docs/browser.md', import.meta.url), 'utf8')
  const snippet = /```html\n(.*?)```/s.exec(guide)?.[1] ?? ''
  const html = snippet
    .replace('https://events.example.com', server.url)
    .replace('app_shop', server.appId)
    .replace('https://cdn.example.com', '')
  const entry = await readFile(new URL('../../src/global.ts', import.meta.url), 'utf8')
  const script = await bundle(entry.replace(`'./index'`, `'./src/index'`), { format: 'iife', minify: true })
  let load = () => {}
  const mayLoad = new Promise<void>((resolve) => (load = resolve))
  const site = createServer((request, response) => {
    const isScript = request.url === '/arunika.global.js'
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    void (isScript ? mayLoad : Promise.resolve()).then(() => response.end(isScript ? script : html))
  }).listen(0, '127.0.0.1')
  await once(site, 'listening')
  onTestFinished(() => void site.close())

  const page = await (await sharedChromium()).newPage()
  await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`, { waitUntil: 'commit' })
  await page.waitForFunction(() => 'arunika' in globalThis)
  const answer = page.evaluate(async () => {
    arunika.logActivity('early')
    return arunika.identify({ userId: 'u1' })
  })
  load()
  expect((await answer).profileId).toMatch(/^prf_/)
  await page.evaluate(() => {
    arunika.logActivity('late')
    return arunika.flush()
  })
  const stored = await readActivities(server, server.appId)
  expect(stored.map(({ eventType }) => eventType)).toEqual(['page_view', 'early', 'user_identified', 'late'])
  expect(await page.evaluate(() => arunika.sessionId)).toMatch(/^[0-9a-f-]{36}$/)
})
