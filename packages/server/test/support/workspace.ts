import { spawn, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { tempFolder } from './temp-folder'

const SCRIPTS = join(import.meta.dirname, '../../../../scripts')

/**
 * What the programs of the workspace have in common: they end by SIGUSR2 with an exit code, and tell their process ids
 * once that is so: who reads the id may send the signal.
 */
const PROGRAM = `
import { writeFileSync } from 'node:fs'
export function live(name, exitCode = 7) {
  process.on('SIGUSR2', () => process.exit(exitCode))
  setInterval(() => undefined, 60_000)
  writeFileSync(new URL(name + '.pid', import.meta.url), String(process.pid))
}
export const option = (name) => process.argv[process.argv.indexOf(name) + 1]
`

const SERVER = `
import { mkdirSync } from 'node:fs'
import { live, option } from '../../../program.js'
if (process.argv[2] === 'apps') {
  mkdirSync(option('--data'), { recursive: true })
  console.log(JSON.stringify({ appId: 'app_1', apiKey: 'sk_live_1' }))
} else {
  live('server')
  console.log('http://127.0.0.1:' + option('--port'))
}
`

const SHOP = `
import { live } from '../../../program.js'
live('shop')
console.log('http://127.0.0.1:' + process.env.PORT)
`

/** Ends at once, or by SIGUSR2 with success. */
const BUILD = (waits: boolean) => `
import { live } from '../../program.js'
if (${waits}) live('build', 0)
`

/** A run of `npm start`, and all that it has written so far. */
interface Start {
  child: ChildProcess
  stdout: string
  stderr: string
  ended: Promise<number | null>
  /** Resolves once stdout holds a match. */
  printed: (pattern: RegExp) => Promise<void>
}

/** A workspace in which `npm start` finds its scripts, and programs that start at once in place of the server and the shop. */
export interface Workspace {
  folder: string
  start: (...args: string[]) => Start
  /** The process id of a program that has started. */
  pidOf: (name: 'server' | 'shop' | 'build') => Promise<number>
}

/** Makes a workspace of its own for a test, whose build waits for SIGUSR2 where that is asked for. */
export async function createWorkspace({ buildWaits = false } = {}): Promise<Workspace> {
  const folder = await tempFolder()
  const lock = 'lockfileVersion: 9'
  const files = {
    'package.json': '{ "type": "module" }',
    'pnpm-lock.yaml': lock,
    'node_modules/.cache/arunika/install': createHash('sha256').update(lock).digest('hex'),
    'tsup.base.ts': '',
    'tsconfig.base.json': '{}',
    'program.js': PROGRAM,
    'packages/server/dist/cli.js': SERVER,
    'examples/shop/package.json': '{ "type": "module", "scripts": { "build": "node build.js" } }',
    'examples/shop/build.js': BUILD(buildWaits),
    'examples/shop/dist/server.js': SHOP,
  }
  await cp(SCRIPTS, join(folder, 'scripts'), { recursive: true })
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }

  return {
    folder,
    start: (...args) => startIn(folder, args),
    async pidOf(name) {
      return Number(await readFile(join(folder, `${name}.pid`), 'utf8'))
    },
  }
}

function startIn(folder: string, args: string[]): Start {
  const child = spawn(process.execPath, [join(folder, 'scripts/start.mjs'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'close').then(([code]) => code as number | null)
  const start: Start = { child, stdout: '', stderr: '', ended, printed }
  child.stdout.on('data', (chunk) => (start.stdout += String(chunk)))
  child.stderr.on('data', (chunk) => (start.stderr += String(chunk)))
  onTestFinished(async () => {
    child.kill('SIGTERM')
    await ended
  })

  async function printed(pattern: RegExp): Promise<void> {
    while (!pattern.test(start.stdout)) {
      const gone = ended.then(() => Promise.reject(new Error(`It ended: ${start.stderr}`)))
      await Promise.race([once(child.stdout, 'data'), gone])
    }
  }
  return start
}
