import { checkFunction, checkOptions } from './check-options'
import type { Checked } from './checked'
import { WebhookVerificationError } from './errors/webhook-verification-error'
import { checkProvider, type Claim, type Provider } from './provider'
import { readBody, type WebhookBody } from './read-body'
import { readHeader, type WebhookHeaders } from './read-header'
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
export async function verify(
  provider: Provider,
  request: WebhookRequest,
  options: VerifyOptions = {},
): Promise<VerifiedWebhook> {
  checkProvider('verify', provider)
  checkOptions('verify', options, { now: true })
  const { now = Date.now } = options
  checkFunction('verify: now', now, 'that gives milliseconds since the epoch')
  const nowMs = now()
  const opened = open(provider, request, nowMs)
  if (!opened.ok) throw new WebhookVerificationError(opened.code, opened.detail)
  const { claim, body } = opened.value
  const matchedSecret = await provider.prove(claim)
  if (matchedSecret < 0) {
    throw new WebhookVerificationError(
      'signature_mismatch',
      'No signature matches: the secret is another one, or the body is not exactly what was sent.',
    )
  }
  return new VerifiedWebhook(provider, claim, body, matchedSecret)
}

/** Everything that touches what the caller passed on: objects that may be anything, and throw at any time. */
function open(
  provider: Provider,
  request: WebhookRequest,
  nowMs: number,
): Checked<{ claim: Claim; body: Uint8Array }> {
  try {
    const { headers } = request
    const body = readBody(request.body)
    if (!body.ok) return body
    const claim = provider.read({ header: (name) => readHeader(headers, name), body: body.value }, nowMs)
    return claim.ok ? { ok: true, value: { claim: claim.value, body: body.value } } : claim
  } catch (cause) {
    throw new WebhookVerificationError(
      'unreadable_request',
      'The request has no headers and body that can be read.',
      {
        cause,
      },
    )
  }
}
