import { synchronous } from '#platform'
import { checkFunction, checkOptions } from './check-options'
import { WebhookVerificationError } from './errors/webhook-verification-error'
import type { MaybePromise } from './maybe-promise'
import { OpenedBody } from './opened-body'
import { checkProvider, type Proved, type Provider, type Strength } from './provider'
import { readBody, type WebhookBody } from './read-body'
import { headerReader, type WebhookHeaders } from './read-header'
import { refuse } from './refuse'
import { textOf } from './source'
import { VerifiedWebhook } from './verified-webhook'

/** A request to verify. */
export interface WebhookRequest {
  headers: WebhookHeaders
  /** The body exactly as it came: bytes, or text that nothing has changed. */
  body: WebhookBody
  /** The public URL, for schemes that sign it. */
  url?: string
  /** The HTTP method, for schemes that sign it. */
  method?: string
  /** The sender's address, for schemes that restrict it. */
  remoteAddress?: string
}

/** What {@link verify} can be told. */
export interface VerifyOptions {
  /**
   * The clock, in milliseconds since the epoch.
   *
   * @defaultValue `Date.now`
   */
  now?: () => number
}

/**
 * Resolves to the webhook where the request was signed by the provider, over exactly these bytes and at this time.
 *
 * Comparison takes the same time wherever the first difference is, and costs one HMAC for each secret, however many
 * signatures came.
 *
 * @throws WebhookVerificationError where it was not, with a stable `code`. No request makes it throw anything else.
 * @throws TypeError where the provider is none, or an option is wrong or unknown.
 * @example
 * const webhook = await verify(standardWebhooks({ secret }), { headers: request.headers, body: await request.text() })
 * console.log(webhook.type, webhook.payload)
 */
export async function verify<Proven extends Strength>(
  provider: Provider<Proven>,
  request: WebhookRequest,
  options?: VerifyOptions,
): Promise<VerifiedWebhook<Proven>> {
  const checked = check('verify', provider, request, options)
  // Nothing waits where the platform need not.
  const proved = demandProof(checked instanceof Promise ? await checked.catch(unreadable) : checked)
  const isHere = synchronous && !provider.event.waits
  return new VerifiedWebhook(provider, proved, isHere ? undefined : await ownId(provider, proved))
}

/**
 * {@link verify} without a promise, where there is Node's own crypto: Node, Deno, Bun.
 *
 * @throws WebhookVerificationError where the request was not signed by the provider.
 * @throws TypeError where the provider is none, an option is wrong or unknown, or the platform has Web Crypto alone.
 * @example
 * const webhook = verifySync(stripe({ secret }), { headers: request.headers, body: request.rawBody })
 */
export function verifySync<Proven extends Strength>(
  provider: Provider<Proven>,
  request: WebhookRequest,
  options?: VerifyOptions,
): VerifiedWebhook<Proven> {
  if (!synchronous) throw new TypeError('verifySync: there is only Web Crypto here; use verify.')
  const proved = demandProof(check('verifySync', provider, request, options) as Proved | null)
  return new VerifiedWebhook(provider, proved)
}

/** @throws WebhookVerificationError where nothing was proved. */
function demandProof(proved: Proved | null): Proved {
  return (
    proved ??
    refuse(
      'signature_mismatch',
      'No signature or token matches: another secret, or not the exact body that was sent.',
    )
  )
}

/** Here is everything that touches what the caller passed on: it may be anything. */
function check(
  owner: string,
  provider: Provider,
  request: WebhookRequest,
  options?: VerifyOptions,
): MaybePromise<Proved | null> {
  checkProvider(owner, provider)
  const nowMs = options === undefined ? Date.now() : clockOf(owner, options)()
  try {
    const { headers, body, url, method } = request
    // What can be fed to the HMAC as it is, is; a buffer that was transferred away cannot.
    const isPart = typeof body === 'string' || (synchronous && body instanceof Uint8Array && body.length > 0)
    return provider.check(
      {
        header: headerReader(headers),
        body: new OpenedBody(isPart ? body : readBody(body), provider.event.parse ?? JSON.parse),
        url: textOrNothing(url),
        method: textOrNothing(method),
        refuse,
      },
      nowMs,
    )
  } catch (cause) {
    return unreadable(cause)
  }
}

/** Passes a refusal on; whatever else was thrown is one too. */
function unreadable(cause: unknown): never {
  let isRefusal = false
  try {
    isRefusal = cause instanceof WebhookVerificationError
  } catch {
    // A proxy that was revoked cannot even be looked at.
  }
  if (isRefusal) throw cause
  throw new WebhookVerificationError('unreadable_request', 'The request cannot be read.', { cause })
}

function clockOf(owner: string, options: VerifyOptions): () => number {
  checkOptions(owner, options, { now: true })
  const { now = Date.now } = options
  checkFunction(`${owner}: now`, now, 'that gives milliseconds since the epoch')
  return now
}

function textOrNothing(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** An id that the provider does not send is made before it is asked for, where making it takes a promise. */
async function ownId(provider: Provider, { id: sent, body }: Proved): Promise<string | undefined> {
  const { id } = provider.event
  if (sent !== undefined || id.or === undefined) return undefined
  try {
    return await textOf(id, body)
  } catch {
    // A body of another form was signed all the same: who asks for its id is told.
    return undefined
  }
}
