import { textAnswer } from '../handshake-answer'
import { hmacPreset, type UrlPresetOptions } from '../preset'
import type { Provider } from '../provider'
import { publicUrl } from '../public-url'

/**
 * Trello: HMAC-SHA1 over the body and the callback URL, by the app's secret, in `X-Trello-Webhook`. Behind a proxy, give
 * `url`: the callback URL exactly as it was registered. Answers the `HEAD` by which Trello tries the URL.
 *
 * Rests on Trello's documentation, seen at second hand; there is no published vector.
 *
 * @throws TypeError where an option is missing, wrong or unknown. The message never holds the secret.
 * @example
 * const provider = trello({ secret, url: 'https://example.com/webhooks/trello' })
 */
export function trello(options: UrlPresetOptions): Provider<'signed-without-time'> {
  return hmacPreset(
    'trello',
    options,
    {
      strength: 'signed-without-time',
      signature: { header: 'x-trello-webhook', encoding: 'base64' },
      url: publicUrl,
      signed: ({ body, url }) => [body, url],
      id: { field: ['action', 'id'] },
      type: { field: ['action', 'type'] },
      data: { field: 'action' },
      time: { field: ['action', 'date'] },
      handshake: ({ method }) => (method === 'HEAD' ? textAnswer('') : null),
    },
    'SHA-1',
  )
}
