import { hmacPreset, type PresetOptions } from '../preset'
import type { Provider } from '../provider'

/**
 * GitHub: HMAC-SHA256 over the body in `X-Hub-Signature-256`. The id of the delivery is not signed, and there is no time.
 *
 * Rests on GitHub's documentation, whose vector it verifies.
 *
 * @throws TypeError where an option is missing, wrong or unknown. The message never holds the secret.
 * @example
 * const provider = github({ secret })
 */
export function github(options: PresetOptions): Provider<'signed-without-time'> {
  return hmacPreset('github', options, {
    strength: 'signed-without-time',
    signature: { header: 'x-hub-signature-256', encoding: 'hex', prefix: 'sha256=' },
    id: { header: 'x-github-delivery' },
    type: { header: 'x-github-event' },
  })
}
