// Installs what the lockfile names, with the pnpm that package.json pins. Nothing but Node and npm is needed.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readJson, root, writeCache } from './workspace.mjs'
import { run } from './run.mjs'

const STAMP = 'install'

/** Runs a step only where the lockfile has changed since the last install. */
export async function install() {
  const stamp = createHash('sha256')
    .update(readFileSync(join(root, 'pnpm-lock.yaml')))
    .digest('hex')
  const stamped = join(root, 'node_modules/.cache/arunika', STAMP)
  if (existsSync(stamped) && readFileSync(stamped, 'utf8') === stamp) return
  const { packageManager } = readJson('package.json')
  await run('install packages', 'npx', ['--yes', packageManager, 'install', '--frozen-lockfile'])
  writeCache(STAMP, stamp)
}
