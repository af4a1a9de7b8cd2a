import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './tarballs'

/** What an example is run against. */
export interface Target {
  endpoint: string
  appId: string
  apiKey: string
}

/** The README's two first examples, as they stand there. */
export function readmeExamples(): { browser: string; node: string } {
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  const [browser, node] = Array.from(readme.matchAll(/^```ts\n(.*?)^```$/gms), (match) => match[1])
  if (!browser?.includes('@arunika/browser') || !node?.includes('@arunika/node')) {
    throw new Error('README.md must begin with an example of the browser SDK, then one of the Node SDK')
  }
  return { browser, node }
}

/** An example with the placeholders of the README replaced. */
export function against(example: string, { endpoint, appId, apiKey }: Target): string {
  return example
    .replaceAll('http://127.0.0.1:4100', endpoint)
    .replaceAll('app_…', appId)
    .replaceAll('sk_live_…', apiKey)
}

/** The same example for `require`, which has no top-level await. */
export function asCommonJs(example: string): string {
  const required = example.replaceAll(/^import (\{.*?\}) from ('.*?')$/gm, 'const $1 = require($2)')
  return `(async () => {\n${required}\n})()`
}
