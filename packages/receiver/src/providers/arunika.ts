import type { Provider } from '../provider'
import { symmetric, type StandardWebhooksOptions } from './standard-webhooks'

/**
 * Arunika's own outgoing webhooks. They are Standard Webhooks with a body `{ id, type, timestamp, data }`, signed by a
 * secret `whsec_…`.
 *
 * @throws TypeError where an option is missing, wrong or unknown. The message never holds the secret.
 * @example
 * const provider = arunika({ secret: 'whsec_…' })
 */
export function arunika(options: StandardWebhooksOptions): Provider<'signed'> {
  return symmetric('arunika', 'webhook', options)
}
