import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { LIMITS } from '@arunika/protocol'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { ProblemError } from '../errors/problem-error'

const gunzipAsync = promisify(gunzip)
const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Lets the routes of a scope take bodies of a content type, as the bytes that came. */
export function takeBytes(scope: FastifyInstance, contentType: string): void {
  scope.addContentTypeParser(contentType, { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
}

/** The bytes of a request's body, exactly as they came. */
export function rawBody(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
}

/**
 * The bytes behind the content encoding; unzipping stops at the limit, however much a small body would grow to.
 *
 * @throws {@link ProblemError} `unsupported_encoding`, `body_too_large` or `malformed_json`.
 */
export async function decodeBody(body: Buffer, encoding: string | undefined): Promise<Buffer> {
  const name = encoding?.toLowerCase() ?? ''
  if (name === '' || name === 'identity') return body
  if (name !== 'gzip') throw new ProblemError('unsupported_encoding')
  try {
    return await gunzipAsync(body, { maxOutputLength: LIMITS.maxUnzippedBodyBytes })
  } catch (error) {
    if (error instanceof RangeError)
      throw new ProblemError('body_too_large', 'The body is larger than 5 MiB unzipped')
    throw new ProblemError('malformed_json', 'The body is not gzip, as its Content-Encoding says')
  }
}

/** The JSON value of a request's body. @throws {@link ProblemError} as {@link decodeBody} and {@link parseBody} do */
export async function readJson(request: FastifyRequest): Promise<unknown> {
  return parseBody(await decodeBody(rawBody(request), request.headers['content-encoding']))
}

/** The JSON value of a body. @throws {@link ProblemError} `malformed_json` */
export function parseBody(body: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(body)) as unknown
  } catch {
    throw new ProblemError('malformed_json')
  }
}
