import { readFileSync } from 'node:fs'
import { compileFunction } from 'node:vm'

const guide = readFileSync(new URL('../../../../docs/receiver.md', import.meta.url), 'utf8')

/** The first example below a heading of docs/receiver.md, as it stands there. */
export function recipe(heading: string): string {
  const [, section = ''] = guide.split(new RegExp(`^#+ ${heading}\n`, 'm'))
  const code = /^```ts\n(.*?)^```$/ms.exec(section)?.[1]
  if (code === undefined) throw new Error(`docs/receiver.md has no example below "${heading}"`)
  return code
}

/** The one line of an example that has this in it. */
export function lineOf(example: string, text: string): string {
  const lines = example.split('\n').filter((line) => line.includes(text))
  if (lines.length !== 1) throw new Error(`${lines.length} lines have "${text}" in them`)
  return lines[0]!
}

/** Runs an example. What it imports, and what it takes for granted, is given by name. */
export function run(example: string, given: Record<string, unknown>): void {
  const code = example.replaceAll(/^import .*$/gm, '')
  const compiled = compileFunction(code, Object.keys(given)) as (...values: unknown[]) => void
  compiled(...Object.values(given))
}
