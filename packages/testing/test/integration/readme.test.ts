import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'

const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8')

it('the README shows the example that runs beside this file, and the declaration that it is checked with', async () => {
  const blocks = Array.from(
    (await read('../../README.md')).matchAll(/^```ts\n(.*?)^```$/gms),
    (match) => match[1]!,
  )
  const [example, declaration] = blocks
  expect(example).toBe(await read('readme-example.test.ts'))
  expect(await read('../vitest.d.ts')).toContain(declaration)
})
