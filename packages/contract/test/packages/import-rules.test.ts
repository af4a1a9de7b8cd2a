import { join } from 'node:path'
import { ESLint } from 'eslint'
import { describe, expect, it } from 'vitest'
import { root } from './tarballs'

const eslint = new ESLint({ cwd: root })

const IMPORTS = '@typescript-eslint/no-restricted-imports'
const SYNTAX = 'no-restricted-syntax'
const GLOBALS = 'no-restricted-globals'

describe('the linter refuses', () => {
  it.each([
    ['protocol', "import '@arunika/core'", IMPORTS],
    ['protocol', "import '../../core/src/outbox'", IMPORTS],
    ['protocol', "await import('@arunika/core')", SYNTAX],
    ['protocol', "import 'node:fs'", IMPORTS],
    ['protocol', "import 'fs'", IMPORTS],
    ['protocol', 'window.close()', GLOBALS],
    ['core', "import '@arunika/browser'", IMPORTS],
    ['core', "import process from 'process'\nprocess.exit()", IMPORTS],
    ['core', 'globalThis.close()', GLOBALS],
    ['core', 'process.exit()', GLOBALS],
    ['browser', "import '@arunika/node'", IMPORTS],
    ['browser', "import '@arunika/core/src/outbox'", IMPORTS],
    ['node', "import '@arunika/server'", IMPORTS],
    ['receiver', "import '@arunika/core'", IMPORTS],
    ['receiver', "addEventListener('fetch', () => undefined)", GLOBALS],
    ['server', "import '@arunika/browser'", IMPORTS],
    ['testing', "import '@arunika/core'", IMPORTS],
  ])('in %s: %s', async (name, code, rule) => {
    expect(await rulesAgainst(`packages/${name}/src/index.ts`, code)).toContain(rule)
  })

  it('in the receiver’s adapters what its centre may not import of ours', async () => {
    expect(await rulesAgainst('packages/receiver/src/express.ts', "import '@arunika/core'")).toContain(
      IMPORTS,
    )
  })

  it('in the examples what is not published', async () => {
    const code = "import '../../../packages/core/src/outbox'"
    expect(await rulesAgainst('examples/shop/src/money.ts', code)).toContain(IMPORTS)
  })
})

describe('the linter lets through', () => {
  it.each([
    ['core', "import '@arunika/protocol'"],
    ['node', "import '@arunika/core'\nimport 'node:os'"],
    ['server', "import '@arunika/receiver'"],
    ['protocol', "await fetch('https://example.com')\ncrypto.randomUUID()"],
  ])('in %s: %s', async (name, code) => {
    const rules = await rulesAgainst(`packages/${name}/src/index.ts`, code)
    expect(rules.filter((rule) => [IMPORTS, SYNTAX, GLOBALS].includes(rule ?? ''))).toEqual([])
  })
})

/** The rules that code in a file would break. */
async function rulesAgainst(file: string, code: string): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(code, { filePath: join(root, file) })
  return result?.messages.map((message) => message.ruleId) ?? []
}
