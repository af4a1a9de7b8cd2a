import { hmacPreset, type PresetOptions } from '../preset'
import type { Provider } from '../provider'

/**
 * Uber Eats and Uber Direct: HMAC-SHA256 over the body, by the client secret, in `X-Uber-Signature`.
 *
 * Rests on Uber's documentation; there is no published vector.
 *
 * @throws TypeError where an option is missing, wrong or unknown. The message never holds the secret.
 * @example
 * const provider = uber({ secret })
 */
export function uber(options: PresetOptions): Provider<'signed-without-time'> {
  return hmacPreset('uber', options, {
    strength: 'signed-without-time',
    signature: { header: 'x-uber-signature', encoding: 'hex' },
    id: { field: 'event_id', or: { field: 'id' } },
    type: { field: 'event_type', or: { field: 'kind' } },
    time: { field: 'event_time' },
  })
}
