import { HEADERS, isApiKey, verifySignature } from '@arunika/protocol'
import type { MockApp, MockApps } from './mock-apps'
import { Refusal } from './refusal'

/** Who reads: an operator, who sees every app, or an app, which sees itself alone. */
export type Caller = { kind: 'operator' } | { kind: 'app'; app: MockApp }

/**
 * The app that a server's call comes from: the first three checks, which need no body.
 *
 * @throws {@link Refusal} `invalid_credentials`, the same for each of the checks.
 */
export function appOfServer(apps: MockApps, { headers }: Request): MockApp {
  const app = appOfApiKey(apps, headers)
  if (headers.get(HEADERS.appId) === null) throw new Refusal('invalid_credentials')
  return app
}

/**
 * The checks that need the body: the time, then the signature over the bytes as they came.
 *
 * @throws {@link Refusal} `signature_required`, `timestamp_out_of_range` or `invalid_signature`.
 */
export async function checkSignature(
  { headers }: Request,
  app: MockApp,
  body: Uint8Array,
  nowMs: number,
): Promise<void> {
  const timestamp = headers.get(HEADERS.timestamp)
  const signature = headers.get(HEADERS.signature)
  if (timestamp === null && signature === null) {
    if (app.requireSignature) throw new Refusal('signature_required')
    return
  }
  const verdict = await verifySignature({
    apiKey: headers.get(HEADERS.apiKey) ?? '',
    timestamp: timestamp ?? '',
    signature: signature ?? '',
    body,
    nowMs,
  })
  if (!verdict.ok) throw new Refusal(verdict.code)
}

/** @throws {@link Refusal} `app_suspended` */
export function checkActive(app: MockApp): void {
  if (app.status === 'suspended') throw new Refusal('app_suspended')
}

/**
 * The app of a browser's request, which says it in its body.
 *
 * @throws {@link Refusal} `unknown_app`, `app_suspended` or `origin_not_allowed`.
 */
export function appOfPage(apps: MockApps, { headers }: Request, appId: string): MockApp {
  const app = apps.find(appId)
  if (app === null) throw new Refusal('unknown_app')
  checkActive(app)
  const origin = headers.get('origin')
  if (app.allowedOrigins !== null && origin !== null && !app.allowedOrigins.includes(origin)) {
    throw new Refusal('origin_not_allowed')
  }
  return app
}

/** @throws {@link Refusal} `invalid_credentials` or `app_suspended` */
export function callerOf(apps: MockApps, { headers }: Request, operatorToken: string): Caller {
  const authorization = headers.get('authorization')
  if (authorization === null) {
    const app = appOfApiKey(apps, headers)
    checkActive(app)
    return { kind: 'app', app }
  }
  const [scheme, token, ...more] = authorization.split(' ')
  if (scheme?.toLowerCase() !== 'bearer' || token !== operatorToken || more.length > 0) {
    throw new Refusal('invalid_credentials', undefined, { 'www-authenticate': 'Bearer' })
  }
  return { kind: 'operator' }
}

function appOfApiKey(apps: MockApps, headers: Headers): MockApp {
  const apiKey = headers.get(HEADERS.apiKey)
  const app = isApiKey(apiKey) ? apps.ofKey(apiKey) : null
  const appId = headers.get(HEADERS.appId)
  if (app === null || (appId !== null && appId !== app.appId)) throw new Refusal('invalid_credentials')
  return app
}
