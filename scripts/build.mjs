// Builds the packages and the example app whose sources have changed since they were last built.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { argv } from 'node:process'
import { fileURLToPath } from 'node:url'
import { install } from './install.mjs'
import { main, run } from './run.mjs'
import { root, writeCache } from './workspace.mjs'

/** What every build depends on beside its own folder. */
const SHARED = ['tsup.base.ts', 'tsconfig.base.json', 'pnpm-lock.yaml']

/** Folders in a package that a build does not read. */
const NOT_BUILT = new Set(['bench', 'dist', 'node_modules', 'test', 'vectors'])

/** Packages whose output holds parts of others. */
const BUNDLED = { browser: ['core', 'protocol'], node: ['core', 'protocol'] }

/** Two builds at once: each keeps about one core busy. */
const CONCURRENCY = 2

/** @param {string[]} [only] the packages to build, those they need among them; all, and the example app, where left out */
export async function build(only) {
  const packages =
    only ??
    readdirSync(join(root, 'packages')).filter((name) =>
      existsSync(join(root, 'packages', name, 'tsup.config.ts')),
    )
  const queue = [...packages]
  await Promise.all(
    Array.from({ length: CONCURRENCY }, async () => {
      for (let name = queue.shift(); name; name = queue.shift()) {
        const inputs = [name, ...(BUNDLED[name] ?? [])].map((input) => join('packages', input))
        await buildFolder(join('packages', name), inputs, tsup)
      }
    }),
  )
  if (only) return
  const shop = join('examples', 'shop')
  await buildFolder(shop, [shop, ...packages.map((name) => join('packages', name))], npmRunBuild)
}

async function buildFolder(folder, inputs, buildIt) {
  const stamp = stampOf([...SHARED, ...inputs])
  const cached = `build/${folder.replaceAll(/[\\/]/g, '-')}`
  const path = join(root, 'node_modules/.cache/arunika', cached)
  const isFresh =
    existsSync(join(root, folder, 'dist')) && existsSync(path) && readFileSync(path, 'utf8') === stamp
  if (isFresh) return
  await buildIt(folder)
  writeCache(cached, stamp)
}

function tsup(folder) {
  const bin = join(
    dirname(createRequire(import.meta.url).resolve('tsup/package.json')),
    'dist/cli-default.js',
  )
  return run(`build ${folder}`, process.execPath, [bin], { cwd: join(root, folder) })
}

function npmRunBuild(folder) {
  return run(`build ${folder}`, 'npm', ['run', 'build', '--silent'], { cwd: join(root, folder) })
}

/** Changes when a file below the paths is added, removed or written. */
function stampOf(paths) {
  const hash = createHash('sha256')
  const visit = (path) => {
    const stats = statSync(join(root, path))
    if (!stats.isDirectory()) {
      hash.update(`${path} ${stats.size} ${stats.mtimeMs}\n`)
      return
    }
    for (const name of readdirSync(join(root, path)).sort()) {
      if (!NOT_BUILT.has(name)) visit(join(path, name))
    }
  }
  for (const path of paths) visit(path)
  return hash.digest('hex')
}

// `npm run build`
if (argv[1] === fileURLToPath(import.meta.url)) {
  await main(async () => {
    await install()
    await build()
  })
}
