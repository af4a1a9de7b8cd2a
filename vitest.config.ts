import { fileURLToPath } from 'node:url'
import { playwright } from '@vitest/browser-playwright'
import { defaultClientConditions, defaultServerConditions } from 'vite'
import { defineConfig } from 'vitest/config'
import type { BrowserConfigOptions } from 'vitest/node'
import { chromiumArgs, chromiumPath } from './scripts/chromium.mjs'

const SOURCE = '@arunika/source'
const source = {
  resolve: { conditions: [SOURCE, ...defaultClientConditions] },
  ssr: { resolve: { conditions: [SOURCE, ...defaultServerConditions] } },
}

/** Tests that start processes, browsers or databases of their own get more time than a unit. */
const slow = { testTimeout: 60_000, hookTimeout: 120_000 }

/** Tests of the server that run on SQLite with all the others, and on PostgreSQL once more. */
const ON_EACH_DATABASE = [
  'admin',
  'clocks',
  'erasure',
  'export',
  'faults/kills',
  'faults/two-processes',
  'idempotency',
  'identity',
  'identity-any-order',
  'many-emails',
  'query-count',
  'reading',
  'stream',
]

const executablePath = await chromiumPath()

/** A real Chromium. Each project gets an object of its own, since vitest writes into it. */
const inChromium = (): BrowserConfigOptions => ({
  enabled: true,
  headless: true,
  screenshotFailures: false,
  provider: playwright({
    launchOptions: { executablePath, args: chromiumArgs },
  }),
  instances: [{ browser: 'chromium' }],
})

/** Where React 19 would be found, React 18 is: also by what depends on it. */
const react18 = ['react', 'react-dom'].map((name) => ({
  find: new RegExp(`^${name}(?=/|$)`),
  replacement: fileURLToPath(new URL(`packages/browser/node_modules/${name}-18`, import.meta.url)),
}))

export default defineConfig({
  test: {
    reporters: ['default', './scripts/totals-reporter.mjs'],
    projects: [
      { ...source, test: { name: 'unit', include: ['packages/*/src/**/*.test.ts'] } },
      {
        ...source,
        test: { name: 'integration', include: ['packages/*/test/integration/**/*.test.ts'], ...slow },
      },
      {
        ...source,
        test: {
          name: 'postgres',
          include: [`packages/server/test/integration/{${ON_EACH_DATABASE.join(',')}}.test.ts`],
          globalSetup: ['./scripts/postgres-for-tests.ts'],
          ...slow,
        },
      },
      {
        ...source,
        define: { REACT_MAJOR: 19 },
        test: {
          name: 'browser',
          include: ['packages/*/test/browser/**/*.test.{ts,tsx}'],
          ...slow,
          browser: inChromium(),
        },
      },
      {
        resolve: { ...source.resolve, alias: react18 },
        define: { REACT_MAJOR: 18 },
        test: {
          name: 'react 18',
          include: ['packages/browser/test/browser/react.test.tsx'],
          ...slow,
          browser: inChromium(),
        },
      },
      {
        ...source,
        test: {
          name: 'contract',
          include: ['packages/contract/test/contract/**/*.test.ts'],
          globalSetup: ['./scripts/postgres-for-tests.ts'],
          ...slow,
        },
      },
      {
        ...source,
        test: {
          name: 'types',
          include: [],
          typecheck: { enabled: true, only: true, include: ['packages/*/test/types/**/*.test-d.ts'] },
        },
      },
      {
        test: {
          name: 'packages',
          include: ['packages/contract/test/packages/**/*.test.ts'],
          globalSetup: ['./scripts/build-for-tests.mjs'],
          ...slow,
          testTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['examples/*/test/e2e/**/*.test.ts'],
          globalSetup: ['./scripts/build-for-tests.mjs'],
          ...slow,
          testTimeout: 180_000,
        },
      },
    ],
  },
})
