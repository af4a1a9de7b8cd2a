import { bodyHash } from '../body-hash'
import { hmacPreset, type TimedPresetOptions } from '../preset'
import type { Provider } from '../provider'

/**
 * Calendly: HMAC-SHA256 over `timestamp.body`, both in `Calendly-Webhook-Signature: t=…,v1=…`. The tolerance is 180 seconds
 * unless told, as Calendly advises. The id is the hash of the body, which holds the time of the event.
 *
 * Rests on Calendly's documentation, seen at second hand; there is no published vector.
 *
 * @throws TypeError where an option is missing, wrong or unknown. The message never holds the secret.
 * @example
 * const provider = calendly({ secret })
 */
export function calendly(options: TimedPresetOptions): Provider<'signed'> {
  return hmacPreset('calendly', options, {
    strength: 'signed',
    signature: { header: 'calendly-webhook-signature', encoding: 'hex', prefix: 'v1=', separator: ',' },
    timestamp: { header: 'calendly-webhook-signature', prefix: 't=', separator: ',', toleranceSeconds: 180 },
    signed: ({ timestamp, body }) => [timestamp, '.', body],
    id: { or: bodyHash },
    type: { field: 'event' },
    data: { field: 'payload' },
  })
}
