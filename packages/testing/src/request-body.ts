import { LIMITS } from '@arunika/protocol'
import { Refusal } from './refusal'

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * The bytes of a request's body, exactly as they came.
 *
 * @throws {@link Refusal} `unsupported_media_type` or `body_too_large`.
 */
export async function rawBody(request: Request, mediaTypes: string[]): Promise<Uint8Array<ArrayBuffer>> {
  const [mediaType = ''] = (request.headers.get('content-type') ?? '').split(';')
  if (!mediaTypes.includes(mediaType.trim().toLowerCase())) {
    throw new Refusal('unsupported_media_type')
  }
  const body = new Uint8Array(await request.arrayBuffer())
  if (body.length > LIMITS.maxBodyBytes) throw new Refusal('body_too_large')
  return body
}

/**
 * The JSON value of a body, behind its content encoding.
 *
 * @throws {@link Refusal} `unsupported_encoding`, `body_too_large` or `malformed_json`.
 */
export async function readJson(request: Request, body: Uint8Array<ArrayBuffer>): Promise<unknown> {
  const bytes = await decode(body, request.headers.get('content-encoding') ?? '')
  try {
    return JSON.parse(utf8.decode(bytes)) as unknown
  } catch {
    throw new Refusal('malformed_json')
  }
}

async function decode(body: Uint8Array<ArrayBuffer>, encoding: string): Promise<Uint8Array> {
  const name = encoding.toLowerCase()
  if (name === '' || name === 'identity') return body
  if (name !== 'gzip') throw new Refusal('unsupported_encoding')
  const gunzip = new DecompressionStream('gzip')
  const unzipped: ReadableStream<Uint8Array> = new Blob([body]).stream().pipeThrough(gunzip)
  const reader = unzipped.getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new Refusal('malformed_json', 'The body is not gzip, as its Content-Encoding says')
    })
    if (done) break
    length += value.length
    // Stopped here, however much a small body would grow to.
    if (length > LIMITS.maxUnzippedBodyBytes) {
      await reader.cancel()
      throw new Refusal('body_too_large', 'The body is larger than 5 MiB unzipped')
    }
    chunks.push(value)
  }
  const bytes = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return bytes
}
