import { concatBytes } from '../concat-bytes'
import { WebhookVerificationError } from '../errors/webhook-verification-error'
import { bodyTooLarge } from '../incoming-webhook'
import { bodyAlreadyRead } from '../read-body'

/**
 * The bytes of a request's body.
 *
 * @throws WebhookVerificationError where somebody has read it (`body_parsed`), where there are more than `maxBytes`
 * (`body_too_large`), and where the connection ends too early (`body_incomplete`).
 */
export async function readFetchBody(request: Request, maxBytes: number): Promise<Uint8Array> {
  if (request.bodyUsed || request.body?.locked) {
    throw new WebhookVerificationError('body_parsed', bodyAlreadyRead())
  }
  if (request.body === null) return new Uint8Array()
  if (Number(request.headers.get('content-length')) > maxBytes) throw bodyTooLarge(maxBytes)
  return readStream(request.body, maxBytes)
}

async function readStream(stream: ReadableStream<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const reader = stream.getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read().catch(incomplete)
    if (done) return concatBytes(chunks)
    length += value.length
    chunks.push(value)
    if (length <= maxBytes) continue
    // The rest is not wanted; that it cannot be stopped changes nothing.
    reader.cancel().catch(() => undefined)
    throw bodyTooLarge(maxBytes)
  }
}

function incomplete(cause: unknown): never {
  throw new WebhookVerificationError('body_incomplete', 'The connection ended before the body did.', {
    cause,
  })
}
