import { expect, test } from 'vitest'
import * as protocol from '@arunika/protocol'
import readme from '../../README.md?raw'

test('the README’s example runs, and gives what its comments say', async () => {
  const [, example] = /```ts\n([^]*?)```/.exec(readme)!
  const promised = [...example!.matchAll(/^(?:const \w+ = )?(?:await )?([a-z][^\n]*?) \/\/ ([^\n]*)$/gm)]
  expect(promised).toHaveLength(7)

  const collect = example!
    .replace(/^import .*$/m, '')
    .replace(
      /^(const \w+ = )?(await )?([a-z][^\n]*?) \/\/ ([^\n]*)$/gm,
      (_, left = '', wait = '', code: string) => {
        return `${String(left)}keep(${String(wait)}${code})`
      },
    )
  const kept: unknown[] = []
  const keep = (value: unknown) => {
    kept.push(value)
    return value
  }
  const AsyncFunction = (async () => Promise.resolve()).constructor as new (
    ...source: string[]
  ) => (...values: unknown[]) => Promise<void>
  await new AsyncFunction('protocol', 'keep', collect)(protocol, keep)
  expect(kept).toEqual(['ada@example.com', 1, { ok: true }, 'retry', 120_000, expect.any(Number), 413])
})
