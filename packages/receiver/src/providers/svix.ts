import type { Provider } from '../provider'
import { symmetricOrNot, type StandardWebhooksOptions } from './standard-webhooks'

/**
 * Senders on Svix: Standard Webhooks under the header names `svix-id`, `svix-timestamp` and `svix-signature`. Takes a
 * secret `whsec_…` (`v1`) or a public key `whpk_…` (`v1a`).
 *
 * Rests on the code of Svix's own library, which accepts these names beside `webhook-*`.
 *
 * @throws TypeError where an option is missing, wrong or unknown. The message never holds the secret.
 * @example
 * const provider = svix({ secret: 'whsec_…' })
 */
export function svix(options: StandardWebhooksOptions): Provider<'signed'> {
  return symmetricOrNot('svix', 'svix', options)
}
