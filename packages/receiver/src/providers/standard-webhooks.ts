import { decodeBase64 } from '#platform'
import { hmacPreset, preset, type PresetForm, type TimedPresetOptions } from '../preset'
import type { Provider } from '../provider'
import { publicKeyProof } from '../public-key-proof'
import { decodeWhsec, startsWith } from '../secrets'

/** The options of {@link standardWebhooks}. */
export type StandardWebhooksOptions = TimedPresetOptions

const PUBLIC_PREFIX = 'whpk_'

/**
 * Any sender that follows Standard Webhooks 1.0: `webhook-id`, `webhook-timestamp`, `webhook-signature`, and a body
 * `{ type, timestamp, data }`. The secret `whsec_…` checks symmetric signatures (`v1`), the public key `whpk_…`
 * asymmetric ones (`v1a`, ed25519). Signatures of other versions are passed over.
 *
 * Rests on the specification, and for `v1` on the vector that its reference libraries publish. For `v1a` there is no
 * published vector.
 *
 * @throws TypeError where an option is missing, wrong or unknown. The message never holds the secret.
 * @example
 * const provider = standardWebhooks({ secret: 'whsec_…' })
 */
export function standardWebhooks(options: StandardWebhooksOptions): Provider<'signed'> {
  return symmetricOrNot('standardWebhooks', 'webhook', options)
}

/** The scheme under another sender's name and headers, by a secret or by a public key. */
export function symmetricOrNot(
  name: string,
  headers: string,
  options: StandardWebhooksOptions,
): Provider<'signed'> {
  const { secret } = (options as Partial<StandardWebhooksOptions> | undefined) ?? {}
  if (!startsWith(secret, PUBLIC_PREFIX)) return symmetric(name, headers, options)
  return preset(
    name,
    options,
    {
      ...formOf(headers, 'v1a,'),
      decode: (text) =>
        text.startsWith(PUBLIC_PREFIX) ? decodeBase64(text.slice(PUBLIC_PREFIX.length)) : null,
      secretForm: 'whpk_ and base64',
    },
    (keys) => publicKeyProof(name, 'ed25519', 'base64', keys),
  )
}

/** The scheme under another sender's name and headers, by a secret. */
export function symmetric(
  name: string,
  headers: string,
  options: StandardWebhooksOptions,
): Provider<'signed'> {
  return hmacPreset(name, options, {
    ...formOf(headers, 'v1,'),
    decode: decodeWhsec,
    secretForm: 'whsec_ and base64, as the sender shows it',
  })
}

/** What the scheme is, under some sender's headers. */
export function formOf(headers: string, prefix: string): PresetForm<'signed'> {
  return {
    strength: 'signed',
    signature: { header: `${headers}-signature`, encoding: 'base64', prefix, separator: ' ' },
    timestamp: { header: `${headers}-timestamp` },
    signed: ({ id, timestamp, body }) => [id, '.', timestamp, '.', body],
    id: { header: `${headers}-id` },
    type: { field: 'type' },
    data: { field: 'data' },
  }
}
