import { builtinModules } from 'node:module'
import js from '@eslint/js'
import globals from 'globals'
import tseslint from 'typescript-eslint'

/** Which of our packages each package may import: the table of ARCHITECTURE.md. */
const MAY_IMPORT = {
  protocol: [],
  core: ['protocol'],
  browser: ['core', 'protocol'],
  node: ['core', 'protocol'],
  receiver: ['protocol'],
  server: ['protocol', 'core', 'receiver'],
  testing: ['protocol'],
}
const PACKAGES = [...Object.keys(MAY_IMPORT), 'contract']

/** Source that must run anywhere: no DOM, no Node. */
const ISOMORPHIC = ['protocol', 'core', 'receiver']

/** Where a platform is the point: tests, and the receiver's adapters to frameworks. */
const NEEDS_A_PLATFORM = [
  '**/*.test.ts',
  'packages/receiver/src/{express,fastify,node}.ts',
  'packages/receiver/src/adapters/**',
]

/** What only some platforms have; what browsers and Node share (`fetch`, `crypto`, `URL`, …) is for all. */
const shared = new Set(Object.keys(globals['shared-node-browser']))
const platformGlobals = ['globalThis', ...Object.keys({ ...globals.browser, ...globals.node })].filter(
  (name) => !shared.has(name),
)

const NOT_A_SOURCE = {
  regex: `^(@arunika/[^/]+/src(/|$)|(\\.\\./)+(packages/)?(${PACKAGES.join('|')})/)`,
  message: 'Import the package by its name, not its files.',
}

function importsOf(name) {
  const others = PACKAGES.filter((other) => !MAY_IMPORT[name].includes(other))
  const allowed = MAY_IMPORT[name].join(', ') || 'none of our packages'
  const message = `${name} may import ${allowed}: see ARCHITECTURE.md.`
  return { regex: `^@arunika/(${others.join('|')})(/|$)`, message }
}

const builtins = {
  regex: `^(node:|(${builtinModules.join('|')})$)`,
  message: 'This runs in browsers and on the edge too.',
}

/** The rule sees `import … from` alone; `import('…')` is held to the same patterns. */
function restrictImports(patterns) {
  return {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      { patterns: patterns.map(({ regex, message }) => ({ regex, message })) },
    ],
    'no-restricted-syntax': [
      'error',
      ...patterns.map(({ regex, message }) => ({
        selector: `ImportExpression > Literal[value=/${regex.replaceAll('/', '\\/')}/]`,
        message,
      })),
    ],
  }
}

const importRules = Object.keys(MAY_IMPORT).flatMap((name) => {
  const files = [`packages/${name}/src/**/*.{ts,tsx}`]
  const table = [importsOf(name), NOT_A_SOURCE]
  const rules = [{ files, ignores: ['**/*.test.ts'], rules: restrictImports(table) }]
  if (ISOMORPHIC.includes(name)) {
    rules.push({
      files,
      ignores: NEEDS_A_PLATFORM,
      rules: {
        ...restrictImports([...table, builtins]),
        'no-restricted-globals': ['error', ...platformGlobals],
      },
    })
  }
  return rules
})

export default tseslint.config(
  { ignores: ['**/dist/**', '**/.arunika/**', '**/node_modules/**', '**/coverage/**'] },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/no-invalid-void-type': ['error', { allowInGenericTypeArguments: true }],
    },
  },
  { files: ['**/*.{js,mjs,cjs}'], languageOptions: { globals: globals.node } },
  { files: ['packages/contract/**', 'examples/**'], rules: restrictImports([NOT_A_SOURCE]) },
  ...importRules,
  {
    files: ['**/*.test.{ts,tsx}', '**/*.test-d.ts', '**/test/**'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
    },
  },
)
