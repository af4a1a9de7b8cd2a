import { HEADERS, type AppRequest, type IngestAnswer } from '@arunika/protocol'
import { createServer, type ArunikaServer, type ServerOptions } from '@arunika/server'
import { onTestFinished } from 'vitest'
import { freshDatabase } from './fresh-database'

/** A real server on a real file, and an app in it. */
export interface TestServer {
  server: ArunikaServer
  url: string
  database: string
  operatorToken: string
  appId: string
  apiKey: string
  /** A request with the app's credentials. */
  asApp: (path: string, init?: RequestInit) => Promise<Response>
  /** A request with the operator's token. */
  asOperator: (path: string, init?: RequestInit) => Promise<Response>
  /** A page's batch. */
  sendAsBrowser: (sessionId: string, events: unknown[]) => Promise<Response>
  /** A backend's batch. */
  sendAsServer: (events: unknown[]) => Promise<Response>
}

/** Starts a server that is closed when the test is over. */
export async function startServer(
  options: Partial<ServerOptions> & { app?: Partial<AppRequest> } = {},
): Promise<TestServer> {
  const database = options.database ?? (await freshDatabase())
  const { app = {}, ...rest } = options
  const server = await createServer({ ...rest, database })
  onTestFinished(() => server.close())
  const { appId, apiKey } = await server.createApp({ name: 'shop', ...app })
  const url = await server.listen({ port: 0 })
  const operatorToken = server.operatorToken ?? ''
  const call = (path: string, init: RequestInit, headers: Record<string, string>) =>
    fetch(url + path, { ...init, headers: { ...headers, ...(init.headers as Record<string, string>) } })
  const credentials = { [HEADERS.appId]: appId, [HEADERS.apiKey]: apiKey }

  return {
    server,
    url,
    database,
    operatorToken,
    appId,
    apiKey,
    asApp: (path, init = {}) => call(path, init, credentials),
    asOperator: (path, init = {}) => call(path, init, { authorization: `Bearer ${operatorToken}` }),
    sendAsBrowser: (sessionId, events) => call('/api/events', json({ appId, sessionId, events }), {}),
    sendAsServer: (events) => call('/api/webhooks', json({ events }), credentials),
  }
}

/** The options of a POST of JSON. */
export function json(body: unknown): { method: string; body: string; headers: Record<string, string> } {
  return {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  }
}

/** The answer to a batch that was taken. */
export async function answerOf(response: Promise<Response>): Promise<IngestAnswer> {
  return read<IngestAnswer>(await response)
}

/** The body of an answer that went well. */
export async function read<Body>(response: Response): Promise<Body> {
  const text = await response.text()
  if (!response.ok) throw new Error(`${response.status}: ${text}`)
  return JSON.parse(text) as Body
}
