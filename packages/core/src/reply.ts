import { parseRetryAfter } from '@arunika/protocol'

/** What came back of a request: an answer, or the reason why there was none. */
export interface Reply {
  /** `null` where no answer came; the reason is the `cause`. */
  status: number | null
  cause?: unknown
  /** The JSON of the answer's body; `undefined` where it holds none. */
  body?: unknown
  /** Whether the body is a page for people: an Arunika server sends none, so something before it answered. */
  isHtml?: boolean
  /** How long the answer asks to wait, in milliseconds. */
  retryAfterMs?: number | null
}

/** An answer as a transport has read it. */
export interface Answer {
  status: number
  /** The value of a header, by its name in lower case. */
  header: (name: string) => string | null | undefined
  /** `null` where the body could not be read whole. */
  text: string | null
}

/** The most of an answer that is read. An answer to a full batch whose every event is refused is smaller. */
export const MAX_REPLY_BYTES = 1_048_576

/**
 * The reply that an answer is.
 *
 * @param nowMs - Milliseconds since the epoch, for a `Retry-After` that is a date.
 * @example
 * replyOf({ status, header: (name) => headers.get(name), text }, Date.now())
 */
export function replyOf({ status, header, text }: Answer, nowMs: number): Reply {
  return {
    status,
    body: parseJson(text),
    isHtml: /^text\/html\b/i.test(header('content-type') ?? ''),
    retryAfterMs: parseRetryAfter(header('retry-after'), nowMs),
  }
}

function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '') as unknown
  } catch {
    return undefined // not an Arunika server's answer: the caller sees that it has no form
  }
}
