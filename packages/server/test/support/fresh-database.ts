import { join } from 'node:path'
import { inject } from 'vitest'
import type {} from '../../../../scripts/postgres-for-tests'
import { sql } from './sql'
import { tempFolder } from './temp-folder'

let made = 0

/** An empty database of the kind that these tests run on: a file, or one in the PostgreSQL that `scripts/postgres-for-tests.ts` starts. */
export async function freshDatabase(): Promise<string> {
  const postgres = inject('postgresUrl')
  if (!postgres) return join(await tempFolder(), 'arunika.db')
  const url = new URL(postgres)
  url.pathname = `/test_${process.pid}_${Date.now()}_${++made}`
  await sql(postgres, `create database ${url.pathname.slice(1)}`)
  return url.href
}
