import type { Activity, Page as ListPage } from '@arunika/protocol'
import { createServer } from '@arunika/server'
import { expect, onTestFinished, test } from 'vitest'
import { log, newVisitor, openShop } from './shop'

test('on the real server, what a visitor did before signing in is on the timeline of the person', async () => {
  const server = await createServer({ database: ':memory:' })
  onTestFinished(() => server.close())
  const { appId } = await server.createApp({ name: 'shop' })
  const endpoint = await server.listen({ port: 0 })
  const visitor = await newVisitor(await openShop(), { appId, endpoint })

  const page = await visitor.open('/lamps?utm_source=newsletter')
  await page.evaluate(() => arunika.trackPageView())
  await log(page, 3)
  const answer = await page.evaluate(() =>
    arunika.registerUser({ userId: 'user-42', email: 'Sari@Example.com', subscriptionTier: 'pro' }),
  )
  await log(page, 2, 'after')
  await page.evaluate(() => arunika.flush())
  expect(answer.profileId).toEqual(expect.any(String))

  const timeline = await fetch(`${endpoint}/api/users/${answer.profileId ?? ''}/timeline`, {
    headers: { authorization: `Bearer ${server.operatorToken ?? ''}` },
  })
  const { items } = (await timeline.json()) as ListPage<Activity>
  expect(items.map(({ eventType }) => eventType).sort()).toEqual([
    'after_0',
    'after_1',
    'page_view',
    'step_0',
    'step_1',
    'step_2',
    'user_identified',
    'user_registered',
  ])
})
