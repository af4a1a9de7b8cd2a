import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { startServer } from '../../../server/test/support/start-server'
import { bundle } from './bundle'
import { sharedChromium } from './chromium'
import { readActivities } from './faults/support/stored'
import { openShop } from './shop'

test('the README’s first example reports a page view, an activity and a person', async () => {
  const server = await startServer()
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8')
  const example = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? ''
  const here = example.replace('https://events.example.com', server.url).replace('app_shop', server.appId)
  expect(here).toContain(server.url)
  expect(here).toContain(server.appId)

  const shop = await openShop(await bundle(`${here}\ndocument.title = profileId`))
  const page = await (await sharedChromium()).newPage()
  await page.goto(`${shop}/lamps?utm_source=newsletter`)
  await page.waitForFunction(() => document.title !== 'Shop')

  const stored = await readActivities(server, server.appId)
  const profileId = await page.title()
  expect(stored).toMatchObject([
    {
      eventType: 'page_view',
      profileId,
      context: {
        page: { url: `${shop}/lamps?utm_source=newsletter`, title: 'Shop' },
        campaign: { source: 'newsletter' },
      },
    },
    { eventType: 'added_to_cart', profileId, eventData: { sku: 'lamp-3', price: 49 } },
    { eventType: 'user_identified', profileId },
  ])
  expect(new Set(stored.map(({ sessionId }) => sessionId)).size).toBe(1)
})
