import { bodyHash } from '../body-hash'
import { hmacPreset, type PresetOptions } from '../preset'
import type { Provider } from '../provider'

/**
 * LINE: HMAC-SHA256 over the body, by the channel secret, in `x-line-signature`. A body holds several events: the id and the
 * type are those of the first one, and `events` where there is none.
 *
 * Rests on LINE's documentation and library.
 *
 * @throws TypeError where an option is missing, wrong or unknown. The message never holds the secret.
 * @example
 * const provider = line({ secret })
 */
export function line(options: PresetOptions): Provider<'signed-without-time'> {
  return hmacPreset('line', options, {
    strength: 'signed-without-time',
    signature: { header: 'x-line-signature', encoding: 'base64' },
    id: { field: ['events', '0', 'webhookEventId'], or: bodyHash },
    type: { field: ['events', '0', 'type'], or: 'events' },
    time: { field: ['events', '0', 'timestamp'] },
  })
}
