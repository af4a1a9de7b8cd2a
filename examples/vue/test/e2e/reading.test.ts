import { createServer } from '@arunika/server'
import type { Activity, Page as ListPage } from '@arunika/protocol'
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { chromium, type Page } from 'playwright-core'
import { preview } from 'vite'
import { expect, onTestFinished, test } from 'vitest'
import { chromiumArgs, chromiumPath } from '../../../../scripts/chromium.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))

test('what a reader does in the built app is on their timeline, each page once', async () => {
  const server = await createServer({ database: ':memory:' })
  onTestFinished(() => server.close())
  const { appId, apiKey } = await server.createApp({ name: 'reading' })
  const endpoint = await server.listen({ port: 0 })
  const page = await openPage()
  await page.goto(await serveApp({ VITE_ARUNIKA_ENDPOINT: endpoint, VITE_ARUNIKA_APP_ID: appId }))

  await page.getByRole('link', { name: 'Walden' }).click()
  await page.getByRole('button', { name: 'Start reading' }).click()
  await page.getByRole('button', { name: '4 of 5 stars' }).click()
  await page.getByLabel('A note to yourself').fill('The bean-field!')
  await page.getByRole('button', { name: 'Save the note' }).click()
  await page.goBack()
  await page.getByRole('link', { name: 'Who is reading?' }).click()
  await page.getByLabel('Name').fill('Ada')
  await page.getByLabel('Email').fill('ada@example.com')
  await page.getByRole('button', { name: 'That is me' }).click()
  const profileId = await page.locator('.reader__profile').innerText()
  await page.locator('.reports li').nth(7).waitFor()

  const answer = await fetch(`${endpoint}/api/users/${profileId}/timeline`, {
    headers: { 'X-App-ID': appId, 'X-API-Key': apiKey },
  })
  const { items } = (await answer.json()) as ListPage<Activity>
  expect(items.toReversed().map(inOneLine)).toEqual([
    'page_view / The list · Early Pages',
    'page_view /books/walden Walden · Early Pages',
    'book_started walden Walden',
    'book_finished walden Walden 4',
    'note_saved walden 15',
    'page_view / The list · Early Pages',
    'page_view /reader Who is reading · Early Pages',
    'user_identified ada@example.com Ada',
  ])
})

function inOneLine({ eventType, eventData, context }: Activity): string {
  const { path, title } = context?.page ?? {}
  const details = eventType === 'page_view' ? [path, title] : Object.values(eventData ?? {})
  return [eventType, ...details.map(String)].join(' ')
}

/** Builds the app for a server, and serves it until the test ends. */
async function serveApp(environment: Record<string, string>): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), 'arunika-reading-'))
  onTestFinished(() => rm(outDir, { recursive: true, force: true }))
  const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js')
  await promisify(execFile)(process.execPath, [vite, 'build', '--outDir', outDir, '--emptyOutDir'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production', ...environment },
  })
  const site = await preview({ root, build: { outDir }, preview: { port: 0 } })
  onTestFinished(() => site.close())
  return site.resolvedUrls?.local[0] ?? ''
}

async function openPage(): Promise<Page> {
  const browser = await chromium.launch({ executablePath: await chromiumPath(), args: chromiumArgs })
  onTestFinished(() => browser.close())
  return browser.newPage()
}
