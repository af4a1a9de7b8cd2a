import { hmacPreset, type PresetOptions } from '../preset'
import type { Provider } from '../provider'

/**
 * Shopify: HMAC-SHA256 over the body, by the app's client secret, in `X-Shopify-Hmac-SHA256`. The id and the topic are not
 * signed.
 *
 * Rests on Shopify's documentation and on independent receivers; there is no published vector.
 *
 * @throws TypeError where an option is missing, wrong or unknown. The message never holds the secret.
 * @example
 * const provider = shopify({ secret })
 */
export function shopify(options: PresetOptions): Provider<'signed-without-time'> {
  return hmacPreset('shopify', options, {
    strength: 'signed-without-time',
    signature: { header: 'x-shopify-hmac-sha256', encoding: 'base64' },
    id: { header: 'x-shopify-webhook-id' },
    type: { header: 'x-shopify-topic' },
  })
}
