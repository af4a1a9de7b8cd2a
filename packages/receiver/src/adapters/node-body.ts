import { concatBytes } from '../concat-bytes'
import { WebhookVerificationError } from '../errors/webhook-verification-error'
import { bodyTooLarge } from '../incoming-webhook'
import { bodyAlreadyRead, type WebhookBody } from '../read-body'

/** What reading a body needs of Node's `IncomingMessage`, and of the middleware before us. */
export interface NodeBody {
  readonly headers: {
    readonly 'content-length'?: string | undefined
    readonly host?: string | undefined
    readonly ':authority'?: string | undefined
  }
  /** Whether somebody has read from the stream. */
  readonly readableDidRead: boolean
  /** Whether the end of the stream has been reached. */
  readonly readableEnded: boolean
  readonly destroyed: boolean
  /** Where a body parser puts what it made. */
  readonly body?: unknown
  /** Where a parser's `verify` option, and some hosts, keep the bytes. */
  readonly rawBody?: unknown
  on(event: string, listener: (value: unknown) => void): unknown
  off(event: string, listener: (value: unknown) => void): unknown
  pause(): unknown
}

/**
 * The bytes of a request's body: from the stream where it is untouched, else those that a middleware kept.
 *
 * @throws WebhookVerificationError where nobody kept the bytes (`body_parsed`), where there are more than `maxBytes`
 * (`body_too_large`), and where the connection ends too early (`body_incomplete`).
 */
export async function readNodeBody(request: NodeBody, maxBytes: number): Promise<WebhookBody> {
  const kept = [request.rawBody, request.body].find(isWhole)
  if (kept !== undefined) return kept
  // Waiting for a stream that somebody else has read would never end.
  if (request.readableDidRead) throw new WebhookVerificationError('body_parsed', bodyAlreadyRead())
  // A parser that came to the end and met no byte has lost none: the body is empty.
  if (request.readableEnded) return new Uint8Array()
  if (Number(request.headers['content-length']) > maxBytes) throw bodyTooLarge(maxBytes)
  return readStream(request, maxBytes)
}

function readStream(request: NodeBody, maxBytes: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = []
    let length = 0
    const stop = () => {
      for (const [event, listener] of Object.entries(listeners)) request.off(event, listener)
    }
    const fail = (error: WebhookVerificationError) => {
      stop()
      reject(error)
    }
    const incomplete = (cause?: unknown) =>
      fail(
        new WebhookVerificationError('body_incomplete', 'The connection ended before the body did.', {
          cause,
        }),
      )
    const listeners = {
      data: (chunk: unknown) => {
        // With setEncoding somebody has had the bytes turned into text.
        if (!(chunk instanceof Uint8Array)) {
          fail(new WebhookVerificationError('body_parsed', bodyAlreadyRead()))
          return
        }
        length += chunk.length
        chunks.push(chunk)
        if (length <= maxBytes) return
        request.pause()
        fail(bodyTooLarge(maxBytes))
      },
      end: () => {
        stop()
        resolve(concatBytes(chunks))
      },
      error: incomplete,
      close: incomplete,
    }
    if (request.destroyed) {
      incomplete()
      return
    }
    for (const [event, listener] of Object.entries(listeners)) request.on(event, listener)
  })
}

function isWhole(body: unknown): body is Uint8Array | string {
  return body instanceof Uint8Array || typeof body === 'string'
}
