import { createHash, randomUUID } from 'node:crypto'
import { createServer } from '@arunika/server'
import pg from 'pg'
import { inject } from 'vitest'
import type {} from '../../../../scripts/postgres-for-tests'
import type { Target, TargetStarter } from '../target'

/** The real server, over real HTTP, on a database of its own in the PostgreSQL that is started for the suite. */
export const postgresServer: TargetStarter = {
  name: 'the server on PostgreSQL',
  start: (now) => start(inject('postgresUrl'), now),
}

async function start(postgres: string, now: () => number): Promise<Target> {
  const name = `contract_${randomUUID().replaceAll('-', '')}`
  await run(postgres, `create database ${name}`)
  const database = new URL(postgres)
  database.pathname = `/${name}`
  const operatorToken = 'op_of_the_contract_suite'
  const server = await createServer({ database: database.href, operatorToken, now })
  const endpoint = await server.listen({ port: 0 })
  // What an operator does to apps and keys has no route yet.
  const write = (statement: string, ...values: unknown[]) => run(database.href, statement, values)

  return {
    endpoint,
    operatorToken,
    fetch: (request) => fetch(request),
    async createApp({ name = 'contract', status = 'active', ...rules }) {
      const credentials = await server.createApp({ name, ...rules })
      if (status !== 'active') {
        await write('update apps set status = $1 where app_id = $2', status, credentials.appId)
      }
      return credentials
    },
    async revokeKey(apiKey) {
      const hash = createHash('sha256').update(apiKey).digest('hex')
      await write('update api_keys set revoked_at = $1 where key_hash = $2', now(), hash)
      // It may be remembered for a second.
      const isRevoked = async () =>
        (await fetch(`${endpoint}/api/apps`, { headers: { 'x-api-key': apiKey } })).status === 401
      while (!(await isRevoked())) await new Promise((resolve) => setImmediate(resolve))
    },
    async close() {
      await server.close()
      await run(postgres, `drop database ${name}`)
    },
  }
}

async function run(url: string, statement: string, values: unknown[] = []): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement, values)
  } finally {
    await client.end()
  }
}
