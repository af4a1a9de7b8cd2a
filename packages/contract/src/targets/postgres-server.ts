import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import type {} from '../../../../scripts/postgres-for-tests'
import type { TargetStarter } from '../target'
import { serverTarget } from './server-target'

/** The real server on a database of its own in the PostgreSQL that is started for the suite. */
export const postgresServer: TargetStarter = {
  name: 'the server on PostgreSQL',
  async start(now) {
    const postgres = inject('postgresUrl')
    const name = `contract_${randomUUID().replaceAll('-', '')}`
    await run(postgres, `create database ${name}`)
    const database = new URL(postgres)
    database.pathname = `/${name}`
    return serverTarget(database.href, now, () => run(postgres, `drop database ${name}`))
  },
}

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
