import { queryOf, textAnswer } from '../handshake-answer'
import { hmacPreset, type PresetOptions } from '../preset'
import type { Provider } from '../provider'

/**
 * Dropbox: HMAC-SHA256 over the body, by the app secret, in `X-Dropbox-Signature`. It sends no id, and the same body for each
 * change of an account, so that every delivery has an id of its own: none is taken for a repetition. The type is
 * `changed`. Answers the challenge.
 *
 * Rests on general knowledge of Dropbox's documentation; there is no published vector.
 *
 * @throws TypeError where an option is missing, wrong or unknown. The message never holds the secret.
 * @example
 * const provider = dropbox({ secret: appSecret })
 */
export function dropbox(options: PresetOptions): Provider<'signed-without-time'> {
  return hmacPreset('dropbox', options, {
    strength: 'signed-without-time',
    signature: { header: 'x-dropbox-signature', encoding: 'hex' },
    id: { or: () => crypto.randomUUID() },
    type: { or: 'changed' },
    handshake(request) {
      const challenge = queryOf(request)?.get('challenge')
      return challenge ? textAnswer(challenge) : null
    },
  })
}
