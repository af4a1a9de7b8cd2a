// `npm run release`: builds, and publishes what is newer than the registry's. changesets packs by the pnpm that it finds, which
// must be the pinned one: it takes the source condition out of the manifests (.pnpmfile.cjs).
import { build } from './build.mjs'
import { install } from './install.mjs'
import { main, run } from './run.mjs'
import { readJson } from './workspace.mjs'

await main(async () => {
  await install()
  await build()
  const { packageManager } = readJson('package.json')
  await run('publish', 'npx', ['--yes', '--package', packageManager, '--', 'changeset', 'publish'])
})
