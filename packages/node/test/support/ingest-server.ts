import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { HEADERS, verifySignature, type ServerEvent, type SignatureVerdict } from '@arunika/protocol'
import { API_KEY } from './credentials'

/** One request as it came over the wire. */
export interface ReceivedRequest {
  method: string
  url: string
  headers: IncomingHttpHeaders
  body: Buffer
  events: ServerEvent[]
  at: number
  signature: SignatureVerdict
}

/** How a request is answered in place of taking its events. */
export type Answer = (request: ReceivedRequest, response: ServerResponse) => void

/** A real HTTP server that takes events as Arunika's does; the next requests may be answered by a script instead. */
export async function startIngestServer() {
  const requests: ReceivedRequest[] = []
  const script: Answer[] = []
  /** How often each event was committed, by its id: more than once is a duplicate that a real server leaves out. */
  const commits = new Map<string, number>()

  function commit({ events }: ReceivedRequest): void {
    for (const { eventId } of events) commits.set(eventId, (commits.get(eventId) ?? 0) + 1)
  }

  const take: Answer = (request, response) => {
    const known = request.events.filter(({ eventId }) => commits.has(eventId)).length
    commit(request)
    sendJson(response, 200, { accepted: request.events.length - known, duplicates: known, rejected: [] })
  }

  const listener: RequestListener = (message, response) => {
    void buffer(message).then(async (body) => {
      const json = message.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body
      const { events } = JSON.parse(json.toString()) as { events: ServerEvent[] }
      const signature = await verifySignature({
        apiKey: API_KEY,
        timestamp: String(message.headers[HEADERS.timestamp]),
        signature: String(message.headers[HEADERS.signature]),
        body,
        nowMs: Date.now(),
      })
      const { method = '', url = '', headers } = message
      const request = { method, url, headers, body, events, at: Date.now(), signature }
      requests.push(request)
      const answer = script.shift() ?? take
      answer(request, response)
      server.emit('taken')
    })
  }
  const server = createServer(listener).listen(0, '127.0.0.1')
  /** The connections that are open. */
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  return {
    endpoint: `http://127.0.0.1:${port}`,
    requests,
    script,
    commits,
    commit,
    sockets,
    /** Resolves when this many requests have come. */
    async received(count: number): Promise<void> {
      while (requests.length < count) await once(server, 'taken')
    },
    async close(): Promise<void> {
      if (!server.listening) return
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}
