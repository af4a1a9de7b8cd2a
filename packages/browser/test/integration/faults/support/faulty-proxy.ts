import { EventEmitter, once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'
import { toServer, type Answer } from './to-server'

/** A request of a page that has come to the proxy in full, and what can be done with it. */
interface Exchange {
  readonly path: string
  readonly contentType: string | undefined
  readonly body: { events?: unknown[] }
  /** When it came, by `performance.now()`. */
  readonly cameAt: number
  /** Lets the server have it; resolves when the server has answered. */
  forward(): Promise<Answer>
  /** The headers by which the server lets a page of this origin read its answers. */
  corsHeaders(): Promise<IncomingHttpHeaders>
  answer(answer: Answer): void
  /** Sends the head and half the body of an answer, and cuts the connection. */
  cut(answer: Answer): void
  /** Cuts the connection, with no answer. */
  drop(): void
}

/** What becomes of a request. */
export type Behaviour = (exchange: Exchange) => void | Promise<void>

/** Stands between the pages and the real server, and does to requests what a network and a sick server do. */
export interface FaultyProxy {
  readonly url: string
  /** Where the server is. */
  upstream: string
  /** What becomes of requests from now on. */
  behaviour: Behaviour
  /** Every request that came in full, in order. Preflights are apart. */
  readonly requests: Exchange[]
  readonly preflights: number
  /** The most requests that were under way at one time. */
  readonly mostAtOnce: number
  /** The events that the server had stored before, by its answers. */
  readonly duplicates: number
  /** Resolves when the next request has come. */
  nextRequest(): Promise<Exchange>
  /** Resolves when the server has answered the next request, whether or not the page gets to know. */
  nextAnswer(): Promise<void>
  /** Refuses connections from now on, and cuts those that are open. */
  refuse(): Promise<void>
  /** Takes connections again, at the same port. */
  accept(): Promise<void>
}

/** Starts a proxy that passes everything on. It is closed when the test is over. */
export async function startProxy(upstream: string): Promise<FaultyProxy> {
  const happenings = new EventEmitter<{ request: [Exchange]; answer: [] }>()
  const requests: Exchange[] = []
  let preflights = 0
  let underWay = 0
  let mostAtOnce = 0
  let duplicates = 0

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    mostAtOnce = Math.max(mostAtOnce, ++underWay)
    response.once('close', () => underWay--)
    const bytes = await buffer(request)
    const send = ({ status, headers, body }: Answer) =>
      response.writeHead(status, { ...headers, 'content-length': body.length })
    if (request.method === 'OPTIONS') {
      preflights++
      const answer = await toServer(proxy.upstream, request, bytes)
      send(answer).end(answer.body)
      return
    }
    const exchange: Exchange = {
      path: request.url ?? '',
      contentType: request.headers['content-type'],
      body: JSON.parse(bytes.toString()) as Exchange['body'],
      cameAt: performance.now(),
      async forward() {
        const answer = await toServer(proxy.upstream, request, bytes)
        duplicates += duplicatesIn(answer)
        happenings.emit('answer')
        return answer
      },
      async corsHeaders() {
        const { url, headers } = request
        const answer = await toServer(proxy.upstream, { url, headers, method: 'OPTIONS' }, Buffer.alloc(0))
        const all = Object.entries(answer.headers)
        return Object.fromEntries(all.filter(([name]) => /^(access-control-|vary$)/.test(name)))
      },
      answer: (answer) => void send(answer).end(answer.body),
      cut(answer) {
        const half = answer.body.subarray(0, answer.body.length / 2)
        send(answer).write(half, () => response.destroy())
      },
      drop: () => void response.destroy(),
    }
    requests.push(exchange)
    const done = proxy.behaviour(exchange)
    happenings.emit('request', exchange)
    await done
  }

  const server = createServer((request, response) => {
    // A page that dies takes its request along, a server that dies its answer: either way the connection is over.
    handle(request, response).catch(() => response.destroy())
  })
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
  }
  const port = await listenWhereNobodyElseComes(listen)

  const proxy: FaultyProxy = {
    url: `http://127.0.0.1:${port}`,
    upstream,
    behaviour: async (exchange) => exchange.answer(await exchange.forward()),
    requests,
    get preflights() {
      return preflights
    },
    get mostAtOnce() {
      return mostAtOnce
    },
    get duplicates() {
      return duplicates
    },
    async nextRequest() {
      const [exchange] = (await once(happenings, 'request')) as [Exchange]
      return exchange
    },
    async nextAnswer() {
      await once(happenings, 'answer')
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
  onTestFinished(() => proxy.refuse())
  return proxy
}

function duplicatesIn({ status, body }: Answer): number {
  if (status !== 200) return 0
  const { duplicates } = JSON.parse(body.toString()) as { duplicates?: number }
  return duplicates ?? 0
}

/**
 * Listens at a port that no system gives to those who ask for any. While the proxy refuses, its port is free: a server of another
 * test would get one that is given out, and answer the page's events with a 404, which refuses them for good.
 */
async function listenWhereNobodyElseComes(listen: (port: number) => Promise<void>): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000)
    try {
      await listen(port)
      return port
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    }
  }
}
