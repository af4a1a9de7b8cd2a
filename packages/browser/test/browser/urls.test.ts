import { expect, onTestFinished, test } from 'vitest'
import { record, scriptServer, start } from './page'

function visit(path: string): void {
  const before = location.href
  history.replaceState(null, '', path)
  onTestFinished(() => history.replaceState(null, '', before))
}

async function pageOf(options: Parameters<typeof start>[0]) {
  const server = scriptServer()
  const arunika = start(options)
  arunika.trackPageView()
  await arunika.flush()
  return server.requests[0]?.body.events[0]?.context?.page
}

test('secrets in the URL are masked', async () => {
  visit('/reset?token=abc&lang=id#access_token=def')
  expect(await pageOf({})).toMatchObject({
    url: `${location.origin}/reset?token=***&lang=id#access_token=***`,
    path: '/reset',
  })
})

test('the app decides what is kept of a URL, and the path follows', async () => {
  visit('/people/42?token=abc')
  const sanitizeUrl = (url: string) => url.replace(/people\/\d+.*/, 'people/:id')
  expect(await pageOf({ sanitizeUrl })).toMatchObject({
    url: `${location.origin}/people/:id`,
    path: '/people/:id',
  })
})

test('a sanitizeUrl that throws costs the URL and not the event, and is told', async () => {
  const server = scriptServer()
  const arunika = start({
    sanitizeUrl: () => {
      throw new Error('bug')
    },
  })
  const all = record(arunika)
  arunika.logActivity('read')
  await arunika.flush()
  expect(server.requests[0]?.body.events[0]?.context?.page?.url).toBe('')
  expect(all[0]).toMatchObject({ name: 'error', value: { cause: { message: 'bug' } } })
})
