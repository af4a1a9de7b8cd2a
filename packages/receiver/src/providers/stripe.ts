import { hmacPreset, type TimedPresetOptions } from '../preset'
import type { Provider } from '../provider'

/**
 * Stripe: HMAC-SHA256 over `timestamp.body`, both in `Stripe-Signature: t=…,v1=…`. The secret `whsec_…` is used as text.
 * Signatures of the version `v0` are passed over.
 *
 * Rests on Stripe's documentation and library.
 *
 * @throws TypeError where an option is missing, wrong or unknown. The message never holds the secret.
 * @example
 * const provider = stripe({ secret: 'whsec_…' })
 */
export function stripe(options: TimedPresetOptions): Provider<'signed'> {
  return hmacPreset('stripe', options, {
    strength: 'signed',
    signature: { header: 'stripe-signature', encoding: 'hex', prefix: 'v1=', separator: ',' },
    timestamp: { header: 'stripe-signature', prefix: 't=', separator: ',' },
    signed: ({ timestamp, body }) => [timestamp, '.', body],
    id: { field: 'id' },
    type: { field: 'type' },
    data: { field: 'data' },
  })
}
