import { playwright } from '@vitest/browser-playwright'
import { defaultClientConditions, defaultServerConditions } from 'vite'
import { defineConfig } from 'vitest/config'
import { chromiumArgs, chromiumPath } from './scripts/chromium.mjs'

const SOURCE = '@arunika/source'
const source = {
  resolve: { conditions: [SOURCE, ...defaultClientConditions] },
  ssr: { resolve: { conditions: [SOURCE, ...defaultServerConditions] } },
}

/** Tests that start processes, browsers or databases of their own get more time than a unit. */
const slow = { testTimeout: 60_000, hookTimeout: 120_000 }

const executablePath = await chromiumPath()

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
          name: 'browser',
          include: ['packages/*/test/browser/**/*.test.{ts,tsx}'],
          ...slow,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { executablePath, args: chromiumArgs },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        ...source,
        test: { name: 'contract', include: ['packages/contract/test/contract/**/*.test.ts'], ...slow },
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
