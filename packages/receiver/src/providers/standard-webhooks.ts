import { checkOptions } from '../check-options'
import { hmac } from '../hmac'
import type { Provider } from '../provider'
import { decodeWhsec, readSecrets, type Secret } from '../secrets'

/** The options of {@link standardWebhooks}. */
export interface StandardWebhooksOptions {
  /** `whsec_` and base64, as the sender shows it; or a list with the newest first. Bytes are the key itself. */
  secret: Secret
  /**
   * How far the time of the signature may be from the clock, either way, in seconds.
   *
   * @defaultValue 300
   */
  toleranceSeconds?: number | undefined
}

/**
 * Any sender that follows Standard Webhooks 1.0 with symmetric signatures (`v1`): `webhook-id`, `webhook-timestamp`,
 * `webhook-signature`, and a body `{ type, timestamp, data }`. Signatures of other versions are passed over.
 *
 * Rests on the specification, and on the vector that its reference libraries publish.
 *
 * @throws TypeError where an option is missing, wrong or unknown. The message never holds the secret.
 * @example
 * const provider = standardWebhooks({ secret: 'whsec_…' })
 */
export function standardWebhooks(options: StandardWebhooksOptions): Provider {
  return standardWebhooksOf('standardWebhooks', options)
}

/** The scheme under another sender's name. */
export function standardWebhooksOf(name: string, options: StandardWebhooksOptions): Provider {
  checkOptions(name, options, { secret: true, toleranceSeconds: true })
  const form = 'whsec_ and base64, as the sender shows it'
  return hmac({
    name,
    secret: readSecrets(name, options.secret, decodeWhsec, form),
    signature: { header: 'webhook-signature', encoding: 'base64', prefix: 'v1,', separator: ' ' },
    timestamp: { header: 'webhook-timestamp', toleranceSeconds: options.toleranceSeconds },
    signed: ({ id, timestamp, body }) => [id, '.', timestamp, '.', body],
    id: { header: 'webhook-id' },
    type: { field: 'type' },
    data: { field: 'data' },
  })
}
