import type { Provider } from '../provider'
import { standardWebhooksOf, type StandardWebhooksOptions } from './standard-webhooks'

/**
 * Arunika's own outgoing webhooks. They are Standard Webhooks with a body `{ id, type, timestamp, data }`.
 *
 * @throws TypeError where an option is missing, wrong or unknown. The message never holds the secret.
 * @example
 * const provider = arunika({ secret: 'whsec_…' })
 */
export function arunika(options: StandardWebhooksOptions): Provider {
  return standardWebhooksOf('arunika', options)
}
