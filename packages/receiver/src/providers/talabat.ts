import { jwtScheme } from '../bearer'
import { bodyHash } from '../body-hash'
import { checkOptions } from '../check-options'
import type { PresetOptions } from '../preset'
import type { Provider } from '../provider'

/**
 * Talabat, and others on Delivery Hero's POS middleware (HungerStation, foodpanda, PedidosYa): a JWT in `Authorization`,
 * signed by HS512 with the plugin's secret, with the claim `service: middleware`. **The body is not signed.** The id is the hash
 * of the body.
 *
 * Rests on two independent integrations that cite Delivery Hero's documentation, which asks for a list of addresses too.
 *
 * @throws TypeError where an option is missing, wrong or unknown. The message never holds the secret.
 * @example
 * const provider = talabat({ secret })
 */
export function talabat(options: PresetOptions): Provider<'token-only'> {
  checkOptions('talabat', options, { secret: true })
  const event = { id: { or: bodyHash }, type: { field: 'status', or: 'order' } } as const
  return jwtScheme('talabat', event, options.secret, {
    algorithm: 'HS512',
    claims: { service: 'middleware' },
  })
}
