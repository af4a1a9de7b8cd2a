import { hmacPreset, type TimedPresetOptions } from '../preset'
import type { Provider } from '../provider'

/**
 * Paddle Billing: HMAC-SHA256 over `timestamp:body`, both in `Paddle-Signature: ts=…;h1=…`. The tolerance is 5 seconds unless
 * told, as in Paddle's own library.
 *
 * Rests on Paddle's documentation and library.
 *
 * @throws TypeError where an option is missing, wrong or unknown. The message never holds the secret.
 * @example
 * const provider = paddle({ secret })
 */
export function paddle(options: TimedPresetOptions): Provider<'signed'> {
  return hmacPreset('paddle', options, {
    strength: 'signed',
    signature: { header: 'paddle-signature', encoding: 'hex', prefix: 'h1=', separator: ';' },
    timestamp: { header: 'paddle-signature', prefix: 'ts=', separator: ';', toleranceSeconds: 5 },
    signed: ({ timestamp, body }) => [timestamp, ':', body],
    id: { field: 'event_id' },
    type: { field: 'event_type' },
    data: { field: 'data' },
  })
}
