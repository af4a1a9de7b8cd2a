import { HEADERS, isApiKey, verifySignature, type App } from '@arunika/protocol'
import type { FastifyRequest } from 'fastify'
import type { KnownApps } from '../admin/known-apps'
import { ProblemError } from '../errors/problem-error'

/**
 * The app that a server's request comes from, by its key alone: the first three checks of a server call. They read no body, so
 * a stranger is turned away before one is read.
 *
 * @throws {@link ProblemError} `invalid_credentials`, the same for each of the checks.
 */
export async function appOfServer(apps: KnownApps, request: FastifyRequest): Promise<App> {
  const app = await appOfApiKey(apps, request)
  if (header(request, HEADERS.appId) === undefined) throw strange('no app id')
  return app
}

/**
 * The app whose API key the request holds. An app id beside it must be the key's own.
 *
 * @throws {@link ProblemError} `invalid_credentials`
 */
export async function appOfApiKey(apps: KnownApps, request: FastifyRequest): Promise<App> {
  const apiKey = header(request, HEADERS.apiKey)
  if (!isApiKey(apiKey)) throw strange('malformed API key')
  const app = await apps.ofKey(apiKey)
  if (app === null) throw strange('unknown or revoked API key')
  const appId = header(request, HEADERS.appId)
  if (appId !== undefined && appId !== app.appId) throw strange('app id of another app')
  return app
}

/**
 * Checks the time and the signature of a server's request, over the bytes as they came. A call without either header is
 * let in unless its app requires them.
 *
 * @throws {@link ProblemError} `signature_required`, `timestamp_out_of_range` or `invalid_signature`.
 */
export async function checkSignature(
  request: FastifyRequest,
  app: App,
  body: Uint8Array,
  nowMs: number,
): Promise<void> {
  const timestamp = header(request, HEADERS.timestamp)
  const signature = header(request, HEADERS.signature)
  if (timestamp === undefined && signature === undefined) {
    if (app.requireSignature) throw new ProblemError('signature_required')
    return
  }
  const verdict = await verifySignature({
    apiKey: header(request, HEADERS.apiKey) ?? '',
    timestamp: timestamp ?? '',
    signature: signature ?? '',
    body,
    nowMs,
  })
  if (!verdict.ok) throw new ProblemError(verdict.code)
}

/** @throws {@link ProblemError} `app_suspended` */
export function checkActive(app: App): void {
  if (app.status === 'suspended') throw new ProblemError('app_suspended')
}

/** The same to the caller whatever the reason, which is for the log alone. */
function strange(reason: string): ProblemError {
  return new ProblemError('invalid_credentials', undefined, { reason })
}

function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name]
  return typeof value === 'string' ? value : undefined
}
