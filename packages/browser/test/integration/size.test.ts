import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { bundle } from './bundle'

const MINIMAL_USE = `
  import { init } from '@arunika/browser'
  const arunika = init({ appId: 'app_shop', endpoint: 'https://events.example.com' })
  arunika.trackPageView()
  arunika.logActivity('login')
  arunika.identify({ userId: 'user-42' })
`
const LIMIT_BYTES = 12_200

test('minimal use, minified with all dependencies, stays below its limit', async () => {
  const bytes = gzipSync(await bundle(MINIMAL_USE, { minify: true }), { level: 9 }).length
  console.log(`@arunika/browser, minimal use: ${bytes} bytes gzip (limit ${LIMIT_BYTES})`)
  expect(bytes).toBeLessThanOrEqual(LIMIT_BYTES)
})
