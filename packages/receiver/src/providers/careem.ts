import { tokenScheme } from '../api-key'
import { bodyHash } from '../body-hash'
import { checkOptions } from '../check-options'
import type { PresetOptions } from '../preset'
import type { Provider } from '../provider'

/**
 * Careem's food POS: it sends back a key that you gave it, in `x-careem-api-key`, and **signs nothing**: whoever has seen one
 * request can send any other. The id is the hash of the body.
 *
 * Rests on two unrelated integrations that quote Careem's specification. The header `X-Careem-Signature` that some code checks
 * is not of Careem's.
 *
 * @throws TypeError where an option is missing, wrong or unknown. The message never holds the secret.
 * @example
 * const provider = careem({ secret: token })
 */
export function careem(options: PresetOptions): Provider<'token-only'> {
  checkOptions('careem', options, { secret: true })
  const event = {
    id: { or: bodyHash },
    type: { field: 'event_type', or: { field: 'event', or: { field: 'status', or: 'order' } } },
  } as const
  return tokenScheme('careem', event, { secret: options.secret, header: 'x-careem-api-key' })
}
