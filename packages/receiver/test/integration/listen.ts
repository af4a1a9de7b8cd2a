import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** A server that listens until the test is over. */
export interface Listening {
  url: string
  port: number
  server: Server
}

/** Serves on a free port of the loopback until the test is over. */
export function listen(app: RequestListener): Promise<Listening> {
  return serve(createServer(app))
}

export async function serve(server: Server): Promise<Listening> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/webhooks/arunika`, port, server }
}
