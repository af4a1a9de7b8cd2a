import { hmacPreset, type PresetOptions } from '../preset'
import type { Provider } from '../provider'

/**
 * Intercom: HMAC-SHA1 over the body, by the client secret, in `X-Hub-Signature: sha1=…`.
 *
 * Rests on Intercom's documentation; there is no published vector.
 *
 * @throws TypeError where an option is missing, wrong or unknown. The message never holds the secret.
 * @example
 * const provider = intercom({ secret })
 */
export function intercom(options: PresetOptions): Provider<'signed-without-time'> {
  return hmacPreset(
    'intercom',
    options,
    {
      strength: 'signed-without-time',
      signature: { header: 'x-hub-signature', encoding: 'hex', prefix: 'sha1=' },
      id: { field: 'id' },
      type: { field: 'topic' },
      data: { field: 'data' },
      time: { field: 'created_at' },
    },
    'SHA-1',
  )
}
