import { hmacPreset, type TimedPresetOptions } from '../preset'
import type { Provider } from '../provider'

/**
 * Linear: HMAC-SHA256 over the body in `Linear-Signature`; the time is `webhookTimestamp` in the body. The tolerance is 60
 * seconds unless told, as Linear advises. The type is that of the object and what happened to it: `Issue:create`.
 *
 * Rests on Linear's documentation; there is no published vector.
 *
 * @throws TypeError where an option is missing, wrong or unknown. The message never holds the secret.
 * @example
 * const provider = linear({ secret })
 */
export function linear(options: TimedPresetOptions): Provider<'signed'> {
  return hmacPreset('linear', options, {
    strength: 'signed',
    signature: { header: 'linear-signature', encoding: 'hex' },
    timestamp: { field: 'webhookTimestamp', unit: 'ms', toleranceSeconds: 60 },
    id: { header: 'linear-delivery' },
    type: { fields: ['type', 'action'], or: { field: 'type' } },
    data: { field: 'data' },
  })
}
