// `npm run bench:browser`, `npm run bench:node`, `npm run bench:receiver`, `npm run bench:ingest` (the server's): installs what is missing
// and runs a package's benchmark. Arguments go to it: `npm run bench:browser -- --help`.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { install } from './install.mjs'
import { main } from './run.mjs'
import { root } from './workspace.mjs'

const [name, ...args] = process.argv.slice(2)

await main(async () => {
  await install()
  const benchmark = join(root, 'packages', String(name), 'bench/main.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', benchmark, ...args], {
    cwd: root,
    stdio: 'inherit',
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  process.exitCode = await new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve(code ?? 1))
  })
})
