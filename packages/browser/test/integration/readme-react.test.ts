import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { bundle } from './bundle'
import { sharedChromium } from './chromium'
import { startJudge } from './judge'
import { openShop } from './shop'

const README = new URL('../../README.md', import.meta.url)

test('the README’s example in React reports a page view, and what is done on the page', async () => {
  const judge = await startJudge()
  onTestFinished(() => judge.stop())
  const readme = await readFile(README, 'utf8')
  const example = /```tsx\n(.*?)```/s.exec(readme)?.[1] ?? ''
  const options = `{ appId: 'app_shop', endpoint: '${judge.endpoint}', flushIntervalMs: 50 }`
  const here = example.replace(/(?<=const options = )\{.*\}/, options)
  expect(here).not.toBe(example)
  const contents = `document.body.innerHTML = '<div id="root"></div>'\n${here}`
  const script = await bundle('', {
    stdin: { contents, resolveDir: fileURLToPath(new URL('.', README)), loader: 'tsx' },
    jsx: 'automatic',
  })

  const shop = await openShop(script)
  const page = await (await sharedChromium()).newPage()
  await page.goto(`${shop}/lamps`)
  await page.getByRole('button', { name: 'Cart' }).click()
  await judge.storedCount(2)
  expect(judge.stored.map(({ eventType, context }) => [eventType, context?.page?.path])).toEqual([
    ['page_view', '/lamps'],
    ['cart_opened', '/lamps'],
  ])
})
