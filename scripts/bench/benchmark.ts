// What `npm run bench:NAME` does whichever package it measures: arguments, a deadline, the parts one after the other, figures
// with their limits, and results as JSON.
import { mkdir, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { passes, type Findings } from './figure'
import { figuresAsText, tableAsText } from './report'

/** What every part of a benchmark is given. */
export interface Run {
  /** Few rounds: to see that it works, not for numbers. */
  isQuick: boolean
  /** What the reader of the figures must know. */
  problems: string[]
  /** A line for the person who waits. */
  progress: (text: string) => void
}

/** What {@link runBenchmark} runs. */
export interface Benchmark<Setup extends Run> {
  /** The package's, as in `bench:NAME`. */
  name: string
  /** What it measures, for `--help`. */
  purpose: string
  parts: Record<string, (setup: Setup) => Promise<Findings>>
  /** A benchmark that hangs, or a machine that is too busy for it, ends it. */
  maxMinutes: number
  /** Makes what the parts share. */
  open: (run: Run) => Promise<{ setup: Setup; close: () => void }>
}

/** What a run has found so far. */
interface Results {
  startedAt: Date
  isQuick: boolean
  parts: Record<string, Findings>
  problems: string[]
}

/**
 * Runs a benchmark by the arguments of this process, which ends with exit code 1 where a limit is missed or something fails.
 * Processes that it starts must end by a handler of this one's exit.
 */
export async function runBenchmark<Setup extends Run>(benchmark: Benchmark<Setup>): Promise<void> {
  const { name, parts, maxMinutes } = benchmark
  const file = `node_modules/.cache/arunika/bench/${name}.json`
  const { values, positionals } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      json: { type: 'string', default: fileURLToPath(new URL(`../../${file}`, import.meta.url)) },
      help: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  })
  const help = `${benchmark.purpose}

  npm run bench:${name} -- [options] [part …]      parts: ${Object.keys(parts).join(', ')}; all where none is named

  --quick       few rounds: to see that it works, not for numbers
  --json FILE   where the results go (${file})
  --help

The first run installs the peers below node_modules/.cache. Takes up to ${maxMinutes} minutes; nothing else should run meanwhile.
Ends with exit code 1 where a limit is missed or something fails.`
  const unknown = positionals.find((part) => !Object.hasOwn(parts, part))
  if (values.help) {
    console.log(help)
    return
  }
  if (unknown !== undefined) {
    console.error(`There is no part ${unknown}\n\n${help}`)
    process.exitCode = 2
    return
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1))
  const results: Results = { startedAt: new Date(), isQuick: values.quick, parts: {}, problems: [] }
  const { problems } = results
  const deadline = setTimeout(() => {
    problems.push(`Ended after ${maxMinutes} minutes: what is missing above was not measured`)
    void finish(results, values.json).finally(() => process.exit(1))
  }, maxMinutes * 60_000)
  const { setup, close } = await benchmark.open({ isQuick: values.quick, problems, progress })
  for (const [part, measure] of Object.entries(parts)) {
    if (positionals.length > 0 && !positionals.includes(part)) continue
    try {
      const findings = await measure(setup)
      results.parts[part] = findings
      for (const table of findings.tables) console.log(`\n${tableAsText(table)}`)
    } catch (error) {
      problems.push(`${part} failed: ${messageOf(error)}`)
    }
  }
  clearTimeout(deadline)
  close()
  await finish(results, values.json)
}

/** What went wrong, for a list of problems. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** Prints the figures and writes the results. */
async function finish(results: Results, json: string): Promise<void> {
  const figures = Object.values(results.parts).flatMap((part) => part.figures)
  console.log(`\n${figuresAsText(figures)}`)
  for (const problem of results.problems) console.log(`\n${problem}`)
  const path = resolve(json)
  const machine = { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length }
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, JSON.stringify({ ...results, machine, figures }, null, 2))
  console.log(`\nResults: ${path}`)
  if (results.problems.length > 0 || figures.some((figure) => passes(figure) === false)) process.exitCode = 1
}

function progress(text: string): void {
  console.error(`  ${text}`)
}
