import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { build } from 'vite'
import manifest from '../../package.json'

const ENTRY = 'virtual:app'

/** What an app ships: minified with all that it imports, gzipped. */
async function sizeOf(code: string): Promise<number> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    root: fileURLToPath(new URL('../..', import.meta.url)),
    resolve: { conditions: ['@arunika/source', 'browser', 'import'] },
    plugins: [
      {
        name: 'app',
        resolveId: (id) => (id === ENTRY ? fileURLToPath(new URL('app.ts', import.meta.url)) : null),
        load: (id) => (id.endsWith('integration/app.ts') ? code : null),
      },
    ],
    build: {
      write: false,
      minify: true,
      target: 'es2022',
      rolldownOptions: { input: ENTRY, preserveEntrySignatures: 'strict' },
    },
  })
  const outputs = [built].flat().flatMap((one) => ('output' in one ? one.output : []))
  const text = outputs.map((file) => ('code' in file ? file.code : '')).join('')
  return gzipSync(text, { level: 9 }).length
}

const using = (preset: string) => `
  import { verify } from '@arunika/receiver'
  import { ${preset} } from '@arunika/receiver/providers'
  globalThis.verified = verify(${preset}({ secret: globalThis.secret }), globalThis.request)
`

it.each([
  ['verify with one preset that signs no time', using('github'), 4_700],
  ['verify with one preset that signs the time', using('stripe'), 4_700],
  ['every preset and builder', `export * from '@arunika/receiver/providers'`, 8_900],
])('%s stays below its limit', async (title, code, limitBytes) => {
  const bytes = await sizeOf(code)
  console.log(`@arunika/receiver, ${title}: ${bytes} bytes gzip (limit ${limitBytes})`)
  expect(bytes).toBeLessThanOrEqual(limitBytes)
})

it('brings no dependency along', () => {
  expect(Object.keys(manifest)).not.toContain('dependencies')
})
