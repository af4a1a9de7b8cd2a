// Prints the true totals of all suites: one row a project, then `N passed, N failed` as the last line.
// A file that could not be collected, and an error outside any test, count as failures.

export default class TotalsReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const suites = new Map()
    for (const module of modules) {
      const name = module.project.name || 'tests'
      const row = suites.get(name) ?? { passed: 0, failed: 0, skipped: 0 }
      suites.set(name, row)
      if (module.errors().length > 0) row.failed++
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        if (state === 'passed') row.passed++
        else if (state === 'failed') row.failed++
        else row.skipped++
      }
    }
    const total = { passed: 0, failed: unhandledErrors.length, skipped: 0 }
    console.log()
    for (const [name, row] of suites) {
      console.log(`${name.padEnd(12)} ${row.passed} passed, ${row.failed} failed`)
      for (const key of Object.keys(total)) total[key] += row[key]
    }
    if (unhandledErrors.length > 0) console.log(`outside tests  ${unhandledErrors.length} errors`)
    // A test that is skipped proves nothing, and a run without tests proves less.
    if (total.skipped > 0) console.log(`${total.skipped} skipped: counted as failed`)
    const failed = total.failed + total.skipped + (total.passed === 0 ? 1 : 0)
    if (failed > 0) process.exitCode = 1
    console.log(`${total.passed} passed, ${failed} failed`)
  }
}
