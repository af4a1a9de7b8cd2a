// `npm run bench:ingest`: how fast the server stores events, beside what its database can by itself.
import { rmSync } from 'node:fs'
import { chmod, mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { argv } from 'node:process'
import { runBenchmark } from '../../../scripts/bench/benchmark'
import { buildOurs } from '../../../scripts/bench/build'
import type { Setup } from './setup'

const args = argv.slice(2)
/** It fills a store for minutes: a quick run does that only where it is asked for it. */
const hasLarge = !args.includes('--quick') || args.includes('large')

await runBenchmark<Setup>({
  name: 'ingest',
  purpose: 'Measures how fast the server stores events, beside what its database can by itself.',
  parts: {
    // Later: they load what is built first.
    pages: async (setup) => (await import('./figures/pages')).measurePages(setup),
    latency: async (setup) => (await import('./figures/latency')).measureLatency(setup),
    claims: async (setup) => (await import('./figures/claims')).measureClaims(setup),
    links: async (setup) => (await import('./figures/links')).measureLinks(setup),
    postgres: async (setup) => (await import('./figures/postgres')).measurePostgres(setup),
    ...(hasLarge && {
      large: async (setup: Setup) => (await import('./figures/large')).measureLarge(setup),
    }),
  },
  maxMinutes: 40,
  async open(run) {
    await buildOurs(await packagesOfServer())
    const folder = await mkdtemp(join(tmpdir(), 'arunika-bench-ingest-'))
    const close = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    process.once('exit', close)
    // What makes folders of its own makes them in ours, and PostgreSQL reads its own as another user.
    await chmod(folder, 0o755)
    process.env['TMPDIR'] = folder
    return { setup: { ...run, folder }, close }
  },
})

/** The server, and those of ours that it needs. */
async function packagesOfServer(): Promise<string[]> {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8')
  const { dependencies } = JSON.parse(text) as { dependencies: Record<string, string> }
  const ours = Object.keys(dependencies).filter((name) => name.startsWith('@arunika/'))
  return [...ours.map((name) => name.replace('@arunika/', '')), 'server']
}
