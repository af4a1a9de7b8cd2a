import { tokenScheme } from '../api-key'
import { bodyHash } from '../body-hash'
import { checkOptions } from '../check-options'
import { hmacPreset, type TimedPresetOptions } from '../preset'
import type { Provider } from '../provider'
import { decodeWhsec, startsWith } from '../secrets'
import { formOf } from './standard-webhooks'

const SIGNING_TOKEN = 'whsec_'

/**
 * GitLab. A signing token `whsec_…` checks signatures of Standard Webhooks (`webhook-signature`); any other secret is
 * compared with the token in `X-Gitlab-Token`, which signs nothing. `strength` tells which it is.
 *
 * The signing token rests on GitLab's merge requests 230944 and 231325 (behind a feature flag there); the other on its
 * documentation.
 *
 * @throws TypeError where an option is missing, wrong or unknown. The message never holds the secret.
 * @example
 * const provider = gitlab({ secret: 'whsec_…' })
 */
export function gitlab(options: TimedPresetOptions): Provider<'signed' | 'token-only'> {
  checkOptions('gitlab', options, { secret: true, toleranceSeconds: true })
  const { secret } = options
  const type = { header: 'x-gitlab-event' }
  if (!startsWith(secret, SIGNING_TOKEN)) {
    // Older versions of GitLab send no key that stays the same over retries.
    const id = { header: 'idempotency-key', or: bodyHash }
    return tokenScheme('gitlab', { id, type }, { secret, header: 'x-gitlab-token' })
  }
  return hmacPreset('gitlab', options, {
    ...formOf('webhook', 'v1,'),
    type,
    data: undefined,
    decode: decodeWhsec,
    secretForm: 'whsec_ and base64, as the sender shows it',
  })
}
