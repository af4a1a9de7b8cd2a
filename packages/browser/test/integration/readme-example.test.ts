import { readFile } from 'node:fs/promises'
import { expect, onTestFinished, test } from 'vitest'
import { bundle } from './bundle'
import { startJudge } from './judge'
import { newVisitor, openShop } from './shop'

test('the README’s first example reports a page view, an activity and a person', async () => {
  const judge = await startJudge()
  onTestFinished(() => judge.stop())
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8')
  const example = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? ''
  const appId = /appId: '(.*?)'/.exec(example)?.[1] ?? ''
  const here = example.replace('https://events.example.com', judge.endpoint)
  expect(here).not.toBe(example)

  const shop = await openShop(await bundle(`${here}\ndocument.title = profileId`))
  const visitor = await newVisitor(shop, { appId, endpoint: judge.endpoint })
  const page = await visitor.context.newPage()
  await page.goto(`${shop}/lamps?utm_source=newsletter`)
  await page.waitForFunction(() => document.title === 'profile-of-user-42')

  expect(judge.stored.map(({ eventType }) => eventType)).toEqual([
    'page_view',
    'added_to_cart',
    'user_identified',
  ])
  expect(judge.stored[0]).toMatchObject({
    context: {
      page: { url: `${shop}/lamps?utm_source=newsletter`, title: 'Shop' },
      campaign: { source: 'newsletter' },
    },
  })
  expect(judge.stored[1]).toMatchObject({ eventData: { sku: 'lamp-3', price: 49 } })
  expect(new Set(judge.stored.map(({ sessionId }) => sessionId)).size).toBe(1)
  expect(judge.preflights).toBe(0)
})
