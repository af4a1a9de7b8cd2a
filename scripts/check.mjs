// `npm run check`: lint, types, unused code and formatting.
import { readdirSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { install } from './install.mjs'
import { main, run } from './run.mjs'
import { root } from './workspace.mjs'

const bin = (name) => join(root, 'node_modules/.bin', name)

await main(async () => {
  await install()
  await run('formatting', bin('prettier'), ['--check', '--log-level', 'warn', '.'])
  await run('lint', bin('eslint'), ['.', '--max-warnings', '0'])
  await run('types of the workspace', bin('tsc'), ['--noEmit'])
  for (const folder of ['packages', 'examples']) {
    for (const name of readdirSync(join(root, folder))) {
      const path = join(folder, name)
      if (!existsSync(join(root, path, 'tsconfig.json'))) continue
      // What has Vue components brings the compiler that can read them.
      const own = join(root, path, 'node_modules/.bin/vue-tsc')
      await run(`types of ${path}`, existsSync(own) ? own : bin('tsc'), ['--noEmit', '-p', path])
    }
  }
  await run('unused code', bin('knip'), [])
})
