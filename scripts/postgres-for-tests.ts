// vitest's globalSetup for the suites that run on PostgreSQL: one for all of them, in which each test makes a database of its own.
import type { TestProject } from 'vitest/node'
import { startPostgres } from './postgres'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where `freshDatabase` makes databases; empty where these tests run on SQLite. */
    postgresUrl: string
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startPostgres()
  project.provide('postgresUrl', postgres.url)
  return () => postgres.stop()
}
