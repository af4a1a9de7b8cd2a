import { createArunika, useArunika } from '@arunika/browser/vue'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createSSRApp, h } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { renderToString } from 'vue/server-renderer'
import { bundle } from './bundle'

// This runs in Node, as a server that renders pages does.

const options = { appId: 'app_shop', endpoint: 'https://events.example.com' }

const require = createRequire(import.meta.url)
const REACT_18 = {
  react: dirname(require.resolve('react-18/package.json')),
  'react-dom': dirname(require.resolve('react-dom-18/package.json')),
}

const REACT_PAGE = `
  import { ArunikaProvider, useArunika, usePageView } from '@arunika/browser/react'
  import { createElement, version } from 'react'
  import { renderToString } from 'react-dom/server'

  function Page() {
    const arunika = useArunika()
    arunika.logActivity('rendered')
    usePageView('/lamps')
    return createElement('p', null, \`React \${version}, session "\${arunika.sessionId}"\`)
  }
  exports.page = (options) => renderToString(createElement(ArunikaProvider, { options }, createElement(Page)))
`

test.each(['18', '19'])('a page that React %s renders on a server reports nothing', async (major) => {
  const fetched = watchFetch()
  const alias = major === '18' ? REACT_18 : {}
  const code = await bundle(REACT_PAGE, { platform: 'node', format: 'cjs', alias, logLevel: 'error' })
  const { page } = await load<{ page: (given: object) => string }>(code)
  const html = page({ ...options, flushAt: 1 })
  expect(html).toMatch(new RegExp(`^<p>React ${major}\\..*, session &quot;&quot;</p>$`))
  expect(fetched).not.toHaveBeenCalled()
})

test('a page that Vue renders on a server reports nothing', async () => {
  const fetched = watchFetch()
  const Page = {
    setup() {
      const arunika = useArunika()
      arunika.logActivity('rendered')
      return () => h('p', `session "${arunika.sessionId}"`)
    },
  }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/lamps', component: Page }],
  })
  const arunika = createArunika({ options: { ...options, flushAt: 1 }, router })
  const app = createSSRApp(RouterView).use(router).use(arunika)
  await router.push('/lamps')
  expect(await renderToString(app)).toBe('<p>session &quot;&quot;</p>')
  expect(fetched).not.toHaveBeenCalled()
})

test('a wrong option is told on the server, too', () => {
  expect(() => createArunika({ options: { ...options, appId: 'shop' } })).toThrow(/appId/)
})

function watchFetch() {
  const fetched = vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('there is no network'))
  onTestFinished(() => fetched.mockRestore())
  return fetched
}

/** Runs a CommonJS module in this process. */
async function load<Exports>(code: string): Promise<Exports> {
  const folder = await mkdtemp(join(tmpdir(), 'arunika-rendering-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const path = join(folder, 'page.cjs')
  await writeFile(path, code)
  const { default: loaded } = (await import(/* @vite-ignore */ path)) as { default: Exports }
  return loaded
}
