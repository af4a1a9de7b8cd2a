import { test as base } from 'vitest'
import { openLab, type Lab } from './lab'

/** A test with a lab of its own, so that several can run at once. With `--reporter=verbose` it says what was measured. */
export const test = base.extend<{ lab: Lab }>({
  lab: async ({ onTestFinished, annotate }, use) => use(await openLab({ onTestFinished, annotate })),
})
