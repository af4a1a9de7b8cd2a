import { hmacPreset, type PresetOptions } from '../preset'
import type { Provider } from '../provider'

/**
 * Dwolla: HMAC-SHA256 over the body in `X-Request-Signature-SHA-256`, by the secret that you gave with the subscription.
 *
 * Rests on Dwolla's documentation; there is no published vector.
 *
 * @throws TypeError where an option is missing, wrong or unknown. The message never holds the secret.
 * @example
 * const provider = dwolla({ secret })
 */
export function dwolla(options: PresetOptions): Provider<'signed-without-time'> {
  return hmacPreset('dwolla', options, {
    strength: 'signed-without-time',
    signature: { header: 'x-request-signature-sha-256', encoding: 'hex' },
    id: { field: 'id' },
    type: { field: 'topic' },
    time: { field: 'timestamp' },
  })
}
