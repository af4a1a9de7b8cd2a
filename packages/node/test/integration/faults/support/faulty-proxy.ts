import { once } from 'node:events'
import {
  createServer,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import { buffer } from 'node:stream/consumers'
import { pass, type Behaviour } from './behaviours'

/** What the server says to a request. */
export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
}

/** A request that has come to the proxy in full, and what can be done with it. */
export interface Exchange {
  readonly headers: IncomingHttpHeaders
  /** When it came, by `performance.now()`. */
  readonly cameAt: number
  /** Its signature's time, and how far that is ahead of the right time, in milliseconds. */
  readonly signedAheadMs: number
  /** Resolves when its connection is over, or it has been answered. */
  readonly over: Promise<unknown>
  /** Lets the server have it, perhaps with other headers; resolves when the server has answered. */
  forward(headers?: IncomingHttpHeaders): Promise<Answer>
  answer(answer: Answer): void
  /** Sends the head and half the body of an answer, and cuts the connection. */
  cut(answer: Answer): void
  /** Cuts the connection, with no answer. */
  drop(): void
  /** Writes these bytes in place of an answer; resolves to whether the connection is still there. */
  write(bytes: string | Buffer): Promise<boolean>
}

/** Stands between the client and the real server, and does to requests what a network and a sick server do. */
export interface FaultyProxy {
  readonly url: string
  /** What becomes of requests from now on. */
  behaviour: Behaviour
  /** Every request that came in full, in order. */
  readonly requests: Exchange[]
  /** The most requests that were under way at one time. */
  readonly mostAtOnce: number
  /** The events that the server had stored before, by its answers. */
  readonly duplicates: number
  /** Refuses connections from now on, and cuts those that are open. */
  refuse(): Promise<void>
  /** Takes connections again, at the same port. */
  accept(): Promise<void>
}

/** Starts a proxy that passes everything on. */
export async function startProxy(upstream: string): Promise<FaultyProxy> {
  const requests: Exchange[] = []
  let underWay = 0
  let mostAtOnce = 0
  let duplicates = 0

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    mostAtOnce = Math.max(mostAtOnce, ++underWay)
    const over = once(response, 'close').then(() => underWay--)
    const body = await buffer(request)
    const { headers } = request
    const exchange: Exchange = {
      headers,
      cameAt: performance.now(),
      signedAheadMs: Number(headers['x-webhook-timestamp']) * 1_000 - Date.now(),
      over,
      async forward(changed = {}) {
        const answer = await toServer(upstream, request, { ...headers, ...changed }, body)
        duplicates += duplicatesIn(answer)
        return answer
      },
      answer: (answer) => void writeHead(response, answer).end(answer.body),
      cut(answer) {
        const half = answer.body.subarray(0, answer.body.length / 2)
        writeHead(response, answer).write(half, () => response.destroy())
      },
      drop: () => void response.destroy(),
      write(bytes) {
        const { socket } = request
        return new Promise((resolve) => socket.write(bytes, (error) => resolve(!error)))
      },
    }
    requests.push(exchange)
    await proxy.behaviour(exchange)
  }

  const server = createServer((request, response) => {
    // A client that gives up takes its request along: the connection is over.
    handle(request, response).catch(() => response.destroy())
  })
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
  }
  const port = await listenWhereNobodyElseComes(listen)

  const proxy: FaultyProxy = {
    url: `http://127.0.0.1:${port}`,
    behaviour: pass,
    requests,
    get mostAtOnce() {
      return mostAtOnce
    },
    get duplicates() {
      return duplicates
    },
    async refuse() {
      if (!server.listening) return
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
    accept: () => listen(port),
  }
  return proxy
}

function writeHead(response: ServerResponse, { status, headers, body }: Answer): ServerResponse {
  return response.writeHead(status, { ...headers, 'content-length': body.length })
}

async function toServer(
  upstream: string,
  { url, method }: IncomingMessage,
  headers: IncomingHttpHeaders,
  body: Buffer,
): Promise<Answer> {
  const sent = httpRequest(new URL(url ?? '', upstream), { method, headers, agent: false })
  sent.end(body)
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  return {
    status: response.statusCode ?? 0,
    headers: withoutConnection(response.headers),
    body: await buffer(response),
  }
}

function withoutConnection(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const ofOneConnection = ['connection', 'keep-alive', 'transfer-encoding', 'content-length']
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !ofOneConnection.includes(name)))
}

function duplicatesIn({ status, body }: Answer): number {
  if (status !== 200) return 0
  const { duplicates } = JSON.parse(body.toString()) as { duplicates?: number }
  return duplicates ?? 0
}

/**
 * Listens at a port that no system gives to those who ask for any. While the proxy refuses, its port is free: a server of another
 * test would get one that is given out, and answer the client's events with a 404, which refuses them for good.
 */
async function listenWhereNobodyElseComes(listen: (port: number) => Promise<void>): Promise<number> {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 10_000)
    try {
      await listen(port)
      return port
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    }
  }
}
