import { tokenScheme } from '../api-key'
import { bodyHash } from '../body-hash'
import { checkOptions } from '../check-options'
import type { PresetOptions } from '../preset'
import type { Provider } from '../provider'

/**
 * Xendit: a static token in `x-callback-token`, which **signs nothing**. The id is `webhook-id`, or the hash of the body.
 *
 * Rests on Xendit's documentation, seen at second hand.
 *
 * @throws TypeError where an option is missing, wrong or unknown. The message never holds the secret.
 * @example
 * const provider = xendit({ secret: token })
 */
export function xendit(options: PresetOptions): Provider<'token-only'> {
  checkOptions('xendit', options, { secret: true })
  const event = {
    id: { header: 'webhook-id', or: bodyHash },
    type: { field: 'event', or: { field: 'status', or: 'callback' } },
    time: { field: 'created' },
  } as const
  return tokenScheme('xendit', event, { secret: options.secret, header: 'x-callback-token' })
}
