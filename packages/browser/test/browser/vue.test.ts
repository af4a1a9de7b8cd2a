import type { Arunika } from '@arunika/browser'
import { createArunika, useArunika } from '@arunika/browser/vue'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { createApp, defineComponent, h, nextTick, type App, type Component, type Plugin } from 'vue'
import { createRouter, createWebHistory, RouterView, type Router } from 'vue-router'
import { init } from '../../src/init'
import { scriptServer, start } from './page'
import { at, comeBack, keepAddress, pageViews, prerender, quiet } from './visited-pages'

vi.mock(import('../../src/init'), { spy: true })
// What a bundler's plugin for Vue would say; Vue complains of them where nobody does.
Object.assign(globalThis, {
  __VUE_OPTIONS_API__: true,
  __VUE_PROD_DEVTOOLS__: false,
  __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: false,
})
beforeEach(() => {
  vi.mocked(init).mockClear()
  keepAddress()
})

test('the first page and each navigation are a page view, back and forward too', async () => {
  const server = scriptServer()
  const arunika = start()
  const router = newRouter('/')
  mount(RouterView, router, createArunika({ client: arunika, router }))
  await router.isReady()
  await router.push('/lamps')
  await router.push('/cart')
  await move(router, () => history.back())
  await move(router, () => history.forward())
  await router.replace('/')
  expect(await pageViews(server, arunika)).toEqual(['/', '/lamps', '/cart', '/lamps', '/cart', '/'])
})

test('a navigation that fails, is stopped or stays on the path is none', async () => {
  const server = scriptServer()
  const arunika = start()
  const router = newRouter('/lamps')
  router.onError(() => undefined)
  router.beforeEach((to) => {
    if (to.path === '/broken') throw new Error('broken')
    return to.path !== '/closed'
  })
  mount(RouterView, router, createArunika({ client: arunika, router }))
  await router.isReady()
  await router.push('/lamps')
  await router.push('/closed')
  await expect(router.push('/broken')).rejects.toThrow('broken')
  await Promise.all([router.push('/cart'), router.push('/')])
  await router.push('/?page=2')
  await router.replace('/?page=2#bottom')
  expect(await pageViews(server, arunika)).toEqual(['/lamps', '/'])
})

test('a redirect is one page view, of the page where it ends', async () => {
  const server = scriptServer()
  const arunika = start()
  const router = newRouter('/old')
  router.beforeEach((to) => to.path !== '/old' || '/cart')
  mount(RouterView, router, createArunika({ client: arunika, router }))
  await router.isReady()
  expect(await pageViews(server, arunika)).toEqual(['/cart'])
})

test('a plugin that comes when the router is there already reports the first page once', async () => {
  const server = scriptServer()
  const arunika = start()
  const router = newRouter('/lamps')
  const app = createApp(RouterView).use(router)
  await router.isReady()
  mountApp(app.use(createArunika({ client: arunika, router })))
  await router.push('/cart')
  expect(await pageViews(server, arunika)).toEqual(['/lamps', '/cart'])
})

test('where the first page fails none is reported, and the next one is', async () => {
  hideWarnings()
  const server = scriptServer()
  const arunika = start()
  const router = newRouter('/broken')
  router.onError(() => undefined)
  router.beforeEach((to) => {
    if (to.path === '/broken') throw new Error('broken')
  })
  mount(RouterView, router, createArunika({ client: arunika, router }))
  await expect(router.isReady()).rejects.toThrow('broken')
  await router.push('/cart')
  expect(await pageViews(server, arunika)).toEqual(['/cart'])
})

test('a page view has the title that the new page has set', async () => {
  const server = scriptServer()
  const arunika = start()
  const { title } = document
  onTestFinished(() => void (document.title = title))
  const router = newRouter(
    '/lamps',
    defineComponent({
      mounted() {
        document.title = `Page ${location.pathname}`
      },
      render: () => null,
    }),
  )
  mount(
    { render: () => h(RouterView, { key: router.currentRoute.value.path }) },
    router,
    createArunika({ client: arunika, router }),
  )
  await router.isReady()
  await router.push('/cart')
  await arunika.flush()
  const events = server.requests.flatMap(({ body }) => body.events)
  expect(events.map(({ context }) => context?.page?.title)).toEqual(['Page /lamps', 'Page /cart'])
})

test('a page that comes back from the back/forward cache is seen again', async () => {
  const server = scriptServer()
  const arunika = start()
  const router = newRouter('/lamps')
  const app = mount(RouterView, router, createArunika({ client: arunika, router }))
  await router.isReady()
  await nextTick()
  comeBack()
  app.unmount()
  comeBack()
  expect(await pageViews(server, arunika)).toEqual(['/lamps', '/lamps'])
})

test('a page that is prerendered is seen when it is shown', async () => {
  const server = scriptServer()
  const arunika = start()
  const show = prerender()
  const router = newRouter('/lamps')
  mount(RouterView, router, createArunika({ client: arunika, router }))
  await router.isReady()
  expect(await pageViews(server, arunika)).toEqual([])
  show()
  expect(await pageViews(server, arunika)).toEqual(['/lamps'])
})

test('an app that is gone reports no more, and its client goes on', async () => {
  const server = scriptServer()
  const arunika = start()
  const router = newRouter('/lamps')
  const app = mount(RouterView, router, createArunika({ client: arunika, router }))
  await router.isReady()
  expect(await pageViews(server, arunika)).toEqual(['/lamps'])
  app.unmount()
  mount(RouterView, router, createArunika({ client: arunika, router }))
  await router.isReady()
  await router.push('/cart')
  expect(await pageViews(server, arunika)).toEqual(['/lamps', '/lamps', '/cart'])
})

test('an app that is gone leaves nothing behind in its router', () => {
  const stop = vi.fn()
  const router = {
    currentRoute: { value: { path: '/' } },
    isReady: () => Promise.resolve(),
    afterEach: () => stop,
  }
  mount({ render: () => null }, createArunika({ client: start(), router })).unmount()
  expect(stop).toHaveBeenCalledOnce()
})

test('an app that is gone before its first page was there has seen none', async () => {
  const server = scriptServer()
  const arunika = start()
  const router = newRouter('/lamps')
  const plugin = createArunika({ client: arunika, router })
  mount(RouterView, router, plugin).unmount()
  mount(RouterView, router, plugin)
  await router.isReady()
  expect(await pageViews(server, arunika)).toEqual(['/lamps'])
})

test('plugins with the same options have one client, another app has another', async () => {
  const server = scriptServer()
  const options = quiet()
  const clients = [options, { ...options, flushAt: 5 }, quiet()].map((given) => {
    let arunika: Arunika | undefined
    mount({ setup: () => ((arunika = useArunika()), () => null) }, createArunika({ options: given }))
    return arunika!
  })
  expect(clients[1]).toBe(clients[0])
  expect(clients[2]).not.toBe(clients[0])
  expect(init).toHaveBeenCalledTimes(2)
  clients[0]!.trackPageView()
  expect(await pageViews(server, ...clients)).toHaveLength(1)
})

test('guards and stores of the app have the client too', async () => {
  const arunika = start()
  const router = newRouter('/')
  let guards: Arunika | undefined
  router.beforeEach(() => void (guards = useArunika()))
  const app = mount(RouterView, createArunika({ client: arunika }), router)
  await router.push('/cart')
  expect(guards).toBe(arunika)
  expect(app.runWithContext(() => useArunika())).toBe(arunika)
})

test('without the plugin useArunika says what is missing', () => {
  hideWarnings()
  const clear = /app\.use\(createArunika/
  expect(() => mount({ setup: () => (useArunika(), () => null) })).toThrow(clear)
  expect(() => useArunika()).toThrow(clear)
})

test('a plugin without a client and options, or with wrong ones, says what to pass', () => {
  expect(() => createArunika({} as { client: Arunika })).toThrow('client or options must be given')
  expect(() => createArunika({ options: quiet('shop') })).toThrow(/appId/)
})

/** A router that takes every path, and begins at this one. */
function newRouter(path: string, page: Component = { render: () => null }): Router {
  at(path)
  return createRouter({ history: createWebHistory('/'), routes: [{ path: '/:path(.*)', component: page }] })
}

/** Mounts an app until the test ends. */
function mount(root: Component, ...plugins: Plugin<[]>[]): App {
  const app = createApp(root)
  for (const plugin of plugins) app.use(plugin)
  return mountApp(app)
}

function mountApp(app: App): App {
  const container = document.body.appendChild(document.createElement('div'))
  const unmount = app.unmount.bind(app)
  let isMounted = true
  app.unmount = () => {
    if (isMounted) unmount()
    isMounted = false
    container.remove()
  }
  onTestFinished(() => app.unmount())
  app.mount(container)
  return app
}

/** Moves in the browser's history, and waits until the router has followed. */
async function move(router: Router, go: () => void): Promise<void> {
  const arrived = new Promise<void>((resolve) => {
    const stop = router.afterEach(() => {
      stop()
      resolve()
    })
  })
  go()
  await arrived
}

/** Vue warns of what these tests do on purpose. */
function hideWarnings(): void {
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  onTestFinished(() => warned.mockRestore())
}
