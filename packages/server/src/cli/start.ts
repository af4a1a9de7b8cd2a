import { createServer, type ArunikaServer } from '../create-server'
import { databaseIn } from './database-in'
import { fail } from './fail'

/** `arunika-server start` */
export async function startCommand(options: { port: number; host: string; data: string }): Promise<void> {
  const { port, host, data } = options
  let server: ArunikaServer
  try {
    const operatorToken = process.env['ARUNIKA_OPERATOR_TOKEN'] || undefined
    server = await createServer({ database: databaseIn(data), operatorToken })
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
  console.log(`Arunika takes events at ${url} and keeps them in ${data}`)
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
}
