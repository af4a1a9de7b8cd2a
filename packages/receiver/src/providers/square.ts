import { hmacPreset, type UrlPresetOptions } from '../preset'
import type { Provider } from '../provider'
import { publicUrl } from '../public-url'

/**
 * Square: HMAC-SHA256 over the notification URL and the body in `x-square-hmacsha256-signature`. Behind a proxy, give `url`:
 * the URL exactly as it stands in Square's dashboard.
 *
 * Rests on Square's documentation and library.
 *
 * @throws TypeError where an option is missing, wrong or unknown. The message never holds the secret.
 * @example
 * const provider = square({ secret, url: 'https://example.com/webhooks/square' })
 */
export function square(options: UrlPresetOptions): Provider<'signed-without-time'> {
  return hmacPreset('square', options, {
    strength: 'signed-without-time',
    signature: { header: 'x-square-hmacsha256-signature', encoding: 'base64' },
    url: publicUrl,
    signed: ({ url, body }) => [url, body],
    id: { field: 'event_id' },
    type: { field: 'type' },
    data: { field: 'data' },
    time: { field: 'created_at' },
    attempt: { header: 'square-retry-number', plus: 1 },
  })
}
