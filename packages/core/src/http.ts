import { readText } from './read-text'
import { MAX_REPLY_BYTES, replyOf, type Reply } from './reply'

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
  /** Ends the exchange when its time is over; the caller's, where that may end it early. */
  abort?: AbortController
  /** Lets the request outlive the page. */
  keepalive?: boolean
  /** Called instead of the global `fetch`. */
  fetch?: typeof fetch | undefined
  /** Milliseconds since the epoch, for a `Retry-After` that is a date. */
  now: () => number
}

/**
 * Posts once. Never rejects: a failure of the network is a value, and retrying is the outbox loop's business. Redirects are not
 * followed: they would carry the API key to another host, and turn a POST into a GET.
 *
 * @example
 * const reply = await post({ url, headers: {}, body: '{}', timeoutMs: 10_000, now: Date.now })
 * if (reply.status === null) console.warn(reply.cause)
 */
export async function post(request: PostRequest): Promise<Reply> {
  const { url, headers, body, keepalive = false, abort = new AbortController(), timeoutMs } = request
  const { signal } = abort
  // A `fetch` that ignores its signal (some that apps pass in do, and engines have lost a signal to the garbage collector)
  // would hold up the outbox for ever.
  const ended = new Promise<never>((_, reject) => {
    const end = () => reject(signal.reason as Error)
    if (signal.aborted) end()
    else signal.addEventListener('abort', end)
  })
  const timer = setTimeout(() => {
    abort.abort(new DOMException(`No answer within ${timeoutMs} ms`, 'TimeoutError'))
  }, timeoutMs)
  const send = request.fetch ?? fetch
  let response: Response | undefined
  let text: string | null = null
  try {
    const init = {
      method: 'POST',
      headers,
      body,
      keepalive,
      credentials: 'omit',
      redirect: 'manual',
      signal,
    } as const
    response = await Promise.race([send(url, init), ended])
    text = await Promise.race([readText(response, MAX_REPLY_BYTES), ended])
  } catch (cause) {
    // A failure's status and `Retry-After` count without its body; a success that is cut short is no answer.
    if (!response || response.ok) return { status: null, cause }
  } finally {
    clearTimeout(timer)
  }
  const { status, headers: answered } = response
  return replyOf({ status, header: (name) => answered.get(name), text }, request.now())
}
