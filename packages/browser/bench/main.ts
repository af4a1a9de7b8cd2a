// `npm run bench:browser`: the figures of the browser SDK that have a limit, and the same of its peers.
import { mkdir, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { bundle } from '../test/integration/bundle'
import { startCollector } from './collector'
import { passes, type Findings } from './figure'
import { measureCalls } from './figures/calls'
import { measureLongTasks } from './figures/long-tasks'
import { measureRequests } from './figures/requests'
import { measureSize } from './figures/size'
import { measureStart } from './figures/start'
import { bundlePeer } from './peers'
import { figuresAsText, tableAsText } from './report'
import type { Setup } from './setup'
import { openSite, type Site } from './site'
import { ARUNIKA, NOTHING, PEERS, type Subject } from './subjects'

const PARTS = {
  size: measureSize,
  calls: measureCalls,
  tasks: measureLongTasks,
  start: measureStart,
  requests: measureRequests,
} satisfies Record<string, (setup: Setup) => Promise<Findings>>

const RESULTS = fileURLToPath(
  new URL('../../../node_modules/.cache/arunika/bench/browser.json', import.meta.url),
)

/** A benchmark that hangs, or a machine that is too busy for it, ends it. */
const MAX_MINUTES = 8

const HELP = `Measures the browser SDK against its limits, and beside its peers, in a real Chromium.

  npm run bench:browser -- [options] [part …]      parts: ${Object.keys(PARTS).join(', ')}; all where none is named

  --quick       few rounds: to see that it works, not for numbers
  --json FILE   where the results go (node_modules/.cache/arunika/bench/browser.json)
  --help

The first run installs the peers below node_modules/.cache. Takes up to ${MAX_MINUTES} minutes; nothing else should run meanwhile.
Ends with exit code 1 where a limit is missed or something fails.`

const PAGE = `
  import { reporting } from './bench/page'
  globalThis.report = reporting`

/** What the run has found so far. */
interface Results {
  startedAt: Date
  isQuick: boolean
  parts: Record<string, Findings>
  problems: string[]
}

const { values, positionals } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'string', default: RESULTS },
    help: { type: 'boolean', default: false },
  },
  allowPositionals: true,
})
const unknown = positionals.find((part) => !Object.hasOwn(PARTS, part))
if (values.help) {
  console.log(HELP)
} else if (unknown !== undefined) {
  console.error(`There is no part ${unknown}\n\n${HELP}`)
  process.exitCode = 2
} else {
  await main()
}

async function main(): Promise<void> {
  // By their handlers of this process's exit, the browser and the collector end with it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1))
  const results: Results = { startedAt: new Date(), isQuick: values.quick, parts: {}, problems: [] }
  const deadline = setTimeout(() => {
    results.problems.push(`Ended after ${MAX_MINUTES} minutes: what is missing above was not measured`)
    void finish(results).finally(() => process.exit(1))
  }, MAX_MINUTES * 60_000)
  const { site, subjects } = await openSubjects(results)
  const collector = await startCollector()
  const setup: Setup = {
    isQuick: values.quick,
    subjects,
    site,
    collector,
    progress,
    problems: results.problems,
  }
  for (const [name, measure] of Object.entries(PARTS)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue
    try {
      const findings = await measure(setup)
      results.parts[name] = findings
      for (const table of findings.tables) console.log(`\n${tableAsText(table)}`)
    } catch (error) {
      results.problems.push(`${name} failed: ${textOf(error)}`)
    }
  }
  clearTimeout(deadline)
  collector.stop()
  site.stop()
  await finish(results)
}

/** Bundles ours and the peers; one that cannot be had is a problem, and the others are compared. */
async function openSubjects(results: Results): Promise<{ site: Site; subjects: Subject[] }> {
  const scripts = new Map([['page', await bundle(PAGE, { format: 'iife' })]])
  for (const subject of [ARUNIKA, NOTHING]) scripts.set(subject.name, await bundleOurs(subject))
  const subjects = [ARUNIKA]
  for (const peer of PEERS) {
    try {
      scripts.set(peer.name, await bundlePeer(peer, peer.bench))
      subjects.push(peer)
    } catch (error) {
      results.problems.push(`${peer.name} is not compared: ${textOf(error)}`)
    }
  }
  return { site: await openSite(scripts), subjects }
}

/** Minified but for the names, by which the traces tell what a task was. */
function bundleOurs(subject: Subject): Promise<string> {
  return bundle(subject.bench, { minifySyntax: true, minifyWhitespace: true, format: 'iife' })
}

/** Prints the figures and writes the results. */
async function finish(results: Results): Promise<void> {
  const figures = Object.values(results.parts).flatMap((part) => part.figures)
  console.log(`\n${figuresAsText(figures)}`)
  for (const problem of results.problems) console.log(`\n${problem}`)
  const path = resolve(values.json)
  const machine = { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length }
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, JSON.stringify({ ...results, machine, figures }, null, 2))
  console.log(`\nResults: ${path}`)
  if (results.problems.length > 0 || figures.some((figure) => passes(figure) === false)) process.exitCode = 1
}

function progress(text: string): void {
  console.error(`  ${text}`)
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
