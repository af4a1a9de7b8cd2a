import { createServer, type ArunikaServer } from '../create-server'
import type { RateLimit } from '../http/rate-limits'
import { withoutPassword } from '../store/postgres-url'
import { databaseIn, type DatabaseOptions } from './database-in'
import { fail } from './fail'

interface StartOptions extends DatabaseOptions {
  port: number
  host: string
  rateLimit: RateLimit | false
  trustProxy: boolean
}

/** `arunika-server start` */
export async function startCommand(options: StartOptions): Promise<void> {
  const { port, host, rateLimit, trustProxy } = options
  const database = databaseIn(options)
  let server: ArunikaServer
  try {
    const operatorToken = process.env['ARUNIKA_OPERATOR_TOKEN'] || undefined
    server = await createServer({ database, operatorToken, rateLimit, trustProxy })
  } catch (error) {
    fail(error)
  }

  // Before anything else can fail: it is not given again.
  if (server.operatorToken !== null) {
    console.log(`Operator token, shown this once: ${server.operatorToken}`)
  }

  let url: string
  try {
    url = await server.listen({ port, host })
  } catch (error) {
    await server.close()
    if (!isPortTaken(error)) fail(error)
    fail(new Error(`Port ${port} is taken: pass another with --port, or --port 0 for a free one.`))
  }

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      server.close().catch(fail)
    })
  }
  console.log(`Arunika takes events at ${url} and keeps them in ${withoutPassword(database)}`)
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
}
