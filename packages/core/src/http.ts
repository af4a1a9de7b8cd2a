import { parseRetryAfter } from '@arunika/protocol'
import { readText } from './read-text'

/** A request with a body that is ready to go. */
export interface PostRequest {
  /** Where to, in full. */
  url: string
  /** Sent as they are; none is added but what `fetch` adds. */
  headers: Record<string, string>
  /** Text is sent in UTF-8, bytes as they are. */
  body: string | Uint8Array<ArrayBuffer>
  /** For the whole exchange, the answer's body included, in milliseconds. */
  timeoutMs: number
  /** Ends the exchange early. */
  signal?: AbortSignal | undefined
  /** Lets the request outlive the page. */
  keepalive?: boolean
  /** Called instead of the global `fetch`. */
  fetch?: typeof fetch | undefined
  /** Milliseconds since the epoch, for a `Retry-After` that is a date. */
  now: () => number
}

/** What came back: an answer, or the reason why there was none. */
export type Reply =
  | {
      status: number
      /** The JSON of the body; `undefined` where it holds none. */
      body: unknown
      /** Whether the body is a page for people: an Arunika server sends none, so something before it answered. */
      isHtml: boolean
      /** How long the answer asks to wait, in milliseconds. */
      retryAfterMs: number | null
    }
  | { status: null; cause: unknown }

/** The most of an answer that is read. An answer to a full batch whose every event is refused is smaller. */
const MAX_REPLY_BYTES = 1_048_576

/**
 * Posts once. Never rejects: a failure of the network is a value, and retrying is the outbox loop's business. Redirects are not
 * followed: they would carry the API key to another host, and turn a POST into a GET.
 *
 * @example
 * const reply = await post({ url, headers: {}, body: '{}', timeoutMs: 10_000, now: Date.now })
 * if (reply.status === null) console.warn(reply.cause)
 */
export async function post(request: PostRequest): Promise<Reply> {
  const abort = new AbortController()
  const stop = () => abort.abort(request.signal?.reason)
  if (request.signal?.aborted) stop()
  request.signal?.addEventListener('abort', stop)
  const timer = setTimeout(() => {
    abort.abort(new DOMException(`No answer within ${request.timeoutMs} ms`, 'TimeoutError'))
  }, request.timeoutMs)
  try {
    return await exchange(request, abort.signal)
  } catch (cause) {
    return { status: null, cause }
  } finally {
    clearTimeout(timer)
    request.signal?.removeEventListener('abort', stop)
  }
}

async function exchange(request: PostRequest, signal: AbortSignal): Promise<Reply> {
  const ended = rejectOnAbort(signal)
  const send = request.fetch ?? fetch
  const answered = send(request.url, {
    method: 'POST',
    headers: request.headers,
    body: request.body,
    keepalive: request.keepalive ?? false,
    credentials: 'omit',
    redirect: 'manual',
    signal,
  })
  const response = await Promise.race([answered, ended])
  return {
    status: response.status,
    body: parseJson(await readBody(response, ended)),
    isHtml: /^text\/html\b/i.test(response.headers.get('content-type') ?? ''),
    retryAfterMs: parseRetryAfter(response.headers.get('retry-after'), request.now()),
  }
}

/**
 * Rejects when the signal says so. A `fetch` that ignores its signal (some that apps pass in do, and engines have lost a
 * derived signal to the garbage collector) would hold up the outbox for ever.
 */
function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = () => reject(signal.reason as Error)
    if (signal.aborted) fail()
    else signal.addEventListener('abort', fail)
  })
}

/** A failure's status and `Retry-After` count without its body; a success that is cut short is no answer. */
async function readBody(response: Response, ended: Promise<never>): Promise<string | null> {
  try {
    return await Promise.race([readText(response, MAX_REPLY_BYTES), ended])
  } catch (cause) {
    if (response.ok) throw cause
    return null
  }
}

function parseJson(text: string | null): unknown {
  if (text === null) return undefined
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined // not an Arunika server's answer: the caller sees that it has no form
  }
}
