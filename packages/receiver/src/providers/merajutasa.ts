import { bodyHash } from '../body-hash'
import { hmacPreset, type TimedPresetOptions } from '../preset'
import type { Provider } from '../provider'

/**
 * MerajutASA: HMAC-SHA256 over `timestamp.body` in `X-Webhook-Signature: sha256=…`, the time in `X-Webhook-Timestamp`.
 *
 * Rests on the description that the sender gave this project; there is no public document.
 *
 * @throws TypeError where an option is missing, wrong or unknown. The message never holds the secret.
 * @example
 * const provider = merajutasa({ secret })
 */
export function merajutasa(options: TimedPresetOptions): Provider<'signed'> {
  return hmacPreset('merajutasa', options, {
    strength: 'signed',
    signature: { header: 'x-webhook-signature', encoding: 'hex', prefix: 'sha256=' },
    timestamp: { header: 'x-webhook-timestamp' },
    signed: ({ timestamp, body }) => [timestamp, '.', body],
    id: { field: 'eventId', or: { field: 'id', or: bodyHash } },
    type: { field: 'eventType', or: { field: 'type' } },
  })
}
