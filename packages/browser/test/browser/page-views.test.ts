import { expect, onTestFinished, test, vi } from 'vitest'
import { record, scriptServer, start } from './page'

/** Page views that were taken, by path, with the title that each has. */
async function viewsOf(arunika: ReturnType<typeof start>, server: ReturnType<typeof scriptServer>) {
  await arunika.flush()
  return server.requests.flatMap(({ body }) =>
    body.events.map(({ context }) => `${context?.page?.path ?? ''} ${context?.page?.title ?? ''}`.trim()),
  )
}

/** When the timers of now have ended. */
const nextTask = () => new Promise((resolve) => setTimeout(resolve))

async function back(): Promise<void> {
  const moved = new Promise((resolve) => addEventListener('popstate', resolve, { once: true }))
  history.back()
  await moved
}

function atPath(path: string): void {
  const before = location.href
  const { title } = document
  history.replaceState(null, '', path)
  document.title = ''
  onTestFinished(() => {
    history.replaceState(null, '', before)
    document.title = title
  })
}

const platforms: [string, () => void][] = [
  ['the Navigation API', () => undefined],
  ['the History API alone', () => void vi.stubGlobal('navigation', undefined)],
]

for (const [platform, prepare] of platforms) {
  test(`with ${platform}, each navigation is one page view, with the title that the router gives it`, async () => {
    const server = scriptServer()
    prepare()
    // What patches the history sets properties of its own over the platform's methods.
    onTestFinished(() => {
      for (const method of ['pushState', 'replaceState']) Reflect.deleteProperty(history, method)
    })
    atPath('/home')
    const arunika = start({ autoPageViews: true })
    history.pushState(null, '', '/lamps')
    document.title = 'Lamps'
    await nextTask()
    history.replaceState({ scroll: 10 }, '', '/lamps') // the router notes where the page is scrolled to
    history.pushState(null, '', '/lamps#reviews') // a place in the page
    history.pushState(null, '', '/lamps?page=2')
    await nextTask()
    history.replaceState(null, '', '/lamps#/reviews') // a route
    await nextTask()
    await back()
    await nextTask()
    expect(await viewsOf(arunika, server)).toEqual([
      '/home',
      '/lamps Lamps',
      '/lamps Lamps',
      '/lamps Lamps',
      '/lamps Lamps',
    ])
    const all = record(arunika)
    await arunika.close()
    history.pushState(null, '', '/after')
    await nextTask()
    expect(all).toEqual([])
  })
}

test('a router that redirects makes one page view', async () => {
  const server = scriptServer()
  atPath('/home')
  const arunika = start({ autoPageViews: true })
  history.pushState(null, '', '/old')
  history.replaceState(null, '', '/new')
  await nextTask()
  expect(await viewsOf(arunika, server)).toEqual(['/home', '/new'])
  await back()
})

test('without the option, only the app reports page views', async () => {
  const server = scriptServer()
  const arunika = start()
  atPath('/home')
  history.pushState(null, '', '/lamps')
  await nextTask()
  expect(await viewsOf(arunika, server)).toEqual([])
  await back()
})
