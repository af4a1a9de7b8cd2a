import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer } from '@arunika/server'
import Database from 'libsql'
import type { TargetStarter } from '../target'

/** The real server, over real HTTP, on an SQLite file. */
export const sqliteServer: TargetStarter = {
  name: 'the server on SQLite',
  async start(now) {
    const folder = await mkdtemp(join(tmpdir(), 'arunika-contract-'))
    const database = join(folder, 'arunika.sqlite')
    const operatorToken = 'op_of_the_contract_suite'
    const server = await createServer({ database, operatorToken, now })
    const endpoint = await server.listen({ port: 0 })
    const file = new Database(database)
    file.pragma('busy_timeout = 0')

    /** What an operator does to apps and keys has no route yet, so it is done to the file, between the server's writes. */
    async function write(sql: string, ...values: unknown[]): Promise<void> {
      for (;;) {
        try {
          file.prepare(sql).run(...values)
          return
        } catch (error) {
          if (!(error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY')) throw error
          // To wait in the database would stop this process, and with it the server that holds the lock.
          await new Promise((resolve) => setImmediate(resolve))
        }
      }
    }

    return {
      endpoint,
      operatorToken,
      fetch: (request) => fetch(request),
      async createApp({ name = 'contract', status = 'active', ...rules }) {
        const credentials = await server.createApp({ name, ...rules })
        if (status !== 'active') {
          await write('update apps set status = ? where app_id = ?', status, credentials.appId)
        }
        return credentials
      },
      revokeKey(apiKey) {
        const hash = createHash('sha256').update(apiKey).digest('hex')
        return write('update api_keys set revoked_at = ? where key_hash = ?', now(), hash)
      },
      async close() {
        file.close()
        await server.close()
        await rm(folder, { recursive: true })
      },
    }
  },
}
