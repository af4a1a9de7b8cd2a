import { build } from 'esbuild'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url))

const OPTIONS = `{ appId: 'app_shop', endpoint: 'https://events.example.com' }`
const USE = `
  arunika.trackPageView()
  arunika.logActivity('login')
  arunika.identify({ userId: 'user-42' })
`
const PLAIN = `
  import { init } from '@arunika/browser'
  const arunika = init(${OPTIONS})
  ${USE}
`
const REACT = `
  import { ArunikaProvider, useArunika, usePageView } from '@arunika/browser/react'
  import { createElement } from 'react'
  export function Page() {
    usePageView(location.pathname)
    const arunika = useArunika()
    ${USE}
  }
  export const App = () => createElement(ArunikaProvider, { options: ${OPTIONS} }, createElement(Page))
`
const VUE = `
  import { createArunika, useArunika } from '@arunika/browser/vue'
  import { router } from './router'
  export function setup() {
    const arunika = useArunika()
    ${USE}
  }
  export const plugin = createArunika({ options: ${OPTIONS}, router })
`
const LIMIT_BYTES = 1_000

test.each([
  ['react', REACT],
  ['vue', VUE],
])('@arunika/browser/%s adds little to minimal use', async (name, use) => {
  const [plain, framework] = await Promise.all([bundle(PLAIN), bundle(use)])
  const added = framework.gzipBytes - plain.gzipBytes
  console.log(`@arunika/browser/${name}: ${added} bytes gzip on top (limit ${LIMIT_BYTES})`)
  expect(framework.ours).toContain(`src/${name}.ts`)
  expect(added).toBeGreaterThan(0)
  expect(added).toBeLessThanOrEqual(LIMIT_BYTES)
})

test('an app that uses neither has nothing of them', async () => {
  const { ours } = await bundle(PLAIN)
  expect(ours).toContain('src/init.ts')
  expect(ours.filter((path) => /react|vue|client-source/.test(path))).toEqual([])
})

test.each([
  ['react', REACT, 'vue'],
  ['vue', VUE, 'react'],
])('an app that uses /%s has nothing of the other', async (_, use, other) => {
  const { ours } = await bundle(use)
  expect(ours.filter((path) => path.includes(other))).toEqual([])
})

/** Bundles and minifies a module with all that is ours, and without the framework, which the app has anyway. */
async function bundle(contents: string): Promise<{ gzipBytes: number; ours: string[] }> {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: PACKAGE, loader: 'ts' },
    absWorkingDir: PACKAGE,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    conditions: ['@arunika/source'],
    external: ['react', 'vue', './router'],
    metafile: true,
    write: false,
    outfile: 'app.js',
  })
  return {
    gzipBytes: gzipSync(outputFiles[0]!.contents, { level: 9 }).length,
    ours: Object.keys(metafile.inputs),
  }
}
