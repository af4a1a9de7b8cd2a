import { hmacPreset, type PresetOptions } from '../preset'
import type { Provider } from '../provider'

/**
 * Deliveroo: HMAC-SHA256 over `X-Deliveroo-Sequence-Guid`, a space and the body in `X-Deliveroo-Hmac-Sha256`. Takes the older
 * form of its POS events too, which has a line end in that space. The guid is the id.
 *
 * Rests on Deliveroo's documentation; there is no published vector.
 *
 * @throws TypeError where an option is missing, wrong or unknown. The message never holds the secret.
 * @example
 * const provider = deliveroo({ secret })
 */
export function deliveroo(options: PresetOptions): Provider<'signed-without-time'> {
  return hmacPreset('deliveroo', options, {
    strength: 'signed-without-time',
    signature: { header: 'x-deliveroo-hmac-sha256', encoding: 'hex' },
    signed: ({ id, body }) => [
      [id, ' ', body],
      [id, ' \n ', body],
    ],
    id: { header: 'x-deliveroo-sequence-guid' },
    type: { field: 'event', or: { field: 'event_type', or: 'event' } },
  })
}
