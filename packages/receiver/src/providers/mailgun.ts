import { hmacPreset, type TimedPresetOptions } from '../preset'
import type { Provider } from '../provider'
import { textAt } from '../source'

const TOKEN = ['signature', 'token']

/**
 * Mailgun: HMAC-SHA256 over time and token, all in the field `signature` of the body, by the webhook signing key. **The event
 * itself is not signed**, so that this proves no more than a token does. The id is that token, so that a receiver takes each
 * signature once. The tolerance is 8 hours unless told: for as long, Mailgun tries again.
 *
 * Rests on Mailgun's documentation; there is no published vector, and the tolerance is our choice.
 *
 * @throws TypeError where an option is missing, wrong or unknown. The message never holds the secret.
 * @example
 * const provider = mailgun({ secret: signingKey })
 */
export function mailgun(options: TimedPresetOptions): Provider<'token-only'> {
  return hmacPreset('mailgun', options, {
    strength: 'token-only',
    signature: { field: ['signature', 'signature'], encoding: 'hex' },
    timestamp: { field: ['signature', 'timestamp'], toleranceSeconds: 28_800 },
    signed: ({ timestamp, payload }) => [timestamp, textAt(payload, TOKEN) ?? ''],
    id: { field: TOKEN },
    type: { field: ['event-data', 'event'] },
    data: { field: 'event-data' },
  })
}
