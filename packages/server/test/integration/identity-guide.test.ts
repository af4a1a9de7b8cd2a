import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const guide = readFileSync(join(import.meta.dirname, '../../../../docs/identity.md'), 'utf8')
const tests = readFileSync(join(import.meta.dirname, 'identity.test.ts'), 'utf8')

it('names each tested case, and no other', () => {
  const titles = [...tests.matchAll(/^ {2}it\('(.+)', async/gm)].map(([, title]) => title)
  const named = [...guide.matchAll(/^(?:- |\*\*.*\*\* )?_(.+?)_/gm)].map(([, title]) => title)
  expect(named.sort()).toEqual(titles.sort())
})
