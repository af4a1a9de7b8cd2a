import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { WEBHOOK_ERROR_CODES } from './error-codes'

it('and the table in README.md are the same', async () => {
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8')
  const rows = [...readme.matchAll(/^\| `(\w+)` +\| (\d{3}) +\|/gm)].map(([, code, status]) => [
    code,
    Number(status),
  ])
  expect(rows).toEqual(Object.entries(WEBHOOK_ERROR_CODES))
})
