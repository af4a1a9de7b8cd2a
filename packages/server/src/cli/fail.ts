/** Ends the process with a sentence on stderr and exit code 1. */
export function fail(error: unknown): never {
  console.error(`arunika-server: ${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
}
