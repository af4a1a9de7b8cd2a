import { hmacPreset, type PresetOptions } from '../preset'
import type { Provider } from '../provider'

/**
 * Bitbucket Cloud: HMAC-SHA256 over the body in `X-Hub-Signature: sha256=…`. Set a secret there: without one it sends no
 * signature, and every delivery is refused.
 *
 * Rests on Bitbucket's announcement, and on receivers that check it; there is no published vector.
 *
 * @throws TypeError where an option is missing, wrong or unknown. The message never holds the secret.
 * @example
 * const provider = bitbucket({ secret })
 */
export function bitbucket(options: PresetOptions): Provider<'signed-without-time'> {
  return hmacPreset('bitbucket', options, {
    strength: 'signed-without-time',
    signature: { header: 'x-hub-signature', encoding: 'hex', prefix: 'sha256=' },
    id: { header: 'x-request-uuid' },
    type: { header: 'x-event-key' },
    attempt: { header: 'x-attempt-number' },
  })
}
