import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import { MAX_REPLY_BYTES, replyOf } from '@arunika/core'
import type { BatchRequest, DatedReply, Transport, TransportOptions } from './transport'

/** What came of one exchange: the connection had been kept alive, and the other side closed it. */
const STALE = Symbol('stale')

/**
 * The usual transport: Node's own client over its global agents, which keep connections alive, and take up proxies from the environment
 * where the process says so. It costs half of what `fetch` does.
 */
export function createHttpTransport(options: TransportOptions): Transport {
  const { url, timeoutMs } = options
  // Looked up for each request: what observes or replaces Node's client (tracing, test doubles) may come later.
  const client = url.startsWith('https:') ? https : http

  return async (request) => {
    const { abort } = request
    const timer = setTimeout(() => {
      abort.abort(new DOMException(`No answer within ${timeoutMs} ms`, 'TimeoutError'))
    }, timeoutMs)
    try {
      // A server closes a connection that has been idle while a request is on its way: no failure that anybody should hear of or wait
      // for. Whether it was read all the same is not known, and does no harm. That connection is gone, so this ends.
      for (;;) {
        const reply = await exchange(client, options, request)
        if (reply !== STALE) return reply
      }
    } finally {
      clearTimeout(timer)
    }
  }
}

function exchange(
  client: { request: typeof http.request },
  { url, now }: TransportOptions,
  { headers, body, abort }: BatchRequest,
): Promise<DatedReply | typeof STALE> {
  return new Promise((resolve) => {
    let isAnswered = false
    const request = client.request(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': body.length },
      signal: abort.signal,
    })
    request.on('error', (cause: NodeJS.ErrnoException) => {
      // What was answered is the answer, however its body ends.
      if (isAnswered) return
      const isClosed = cause.code === 'ECONNRESET' || cause.code === 'EPIPE'
      resolve(request.reusedSocket && isClosed ? STALE : { status: null, cause })
    })
    request.on('response', (response) => {
      isAnswered = true
      void replyFrom(response, now).then(resolve)
    })
    // With neither an answer nor an error: the other side began to speak another protocol.
    request.on('close', () => {
      if (!isAnswered) resolve({ status: null, cause: new Error('the connection was closed') })
    })
    request.end(body)
  })
}

async function replyFrom(response: IncomingMessage, now: () => number): Promise<DatedReply> {
  const { statusCode: status = 0, headers } = response
  let text: string | null = null
  try {
    text = await textOf(response)
  } catch (cause) {
    // A failure's status and `Retry-After` count without its body; a success that is cut short is no answer.
    if (status < 400) return { status: null, cause }
  }
  const header = (name: string) => headers[name]?.toString()
  return { ...replyOf({ status, header, text }, now()), date: headers.date }
}

/** `null` where it is too long; what is beyond is not read. */
async function textOf(response: IncomingMessage): Promise<string | null> {
  let text = ''
  for await (const chunk of response.setEncoding('utf8')) {
    text += chunk as string
    if (text.length > MAX_REPLY_BYTES) return null
  }
  return text
}
