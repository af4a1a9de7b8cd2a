import { matchCodes } from '#platform'
import { bodyHash } from '../body-hash'
import { checkText } from '../check-options'
import { queryOf, textAnswer } from '../handshake-answer'
import { hmacPreset, type PresetOptions } from '../preset'
import type { Provider } from '../provider'

/** The options of {@link meta}. */
export interface MetaOptions extends PresetOptions {
  /**
   * The token that you chose where you set up the webhook: who knows it gets its `hub.challenge` answered.
   *
   * @defaultValue none is answered
   */
  verifyToken?: string | undefined
}

/**
 * Meta (Facebook, Instagram, WhatsApp): HMAC-SHA256 over the body, by the app secret, in `X-Hub-Signature-256`. The id is
 * the hash of the body, the type the `object`. Answers `hub.challenge` where there is a `verifyToken`.
 *
 * Rests on general knowledge of Meta's documentation; there is no published vector.
 *
 * @throws TypeError where an option is missing, wrong or unknown. The message never holds the secret.
 * @example
 * const provider = meta({ secret: appSecret, verifyToken })
 */
export function meta(options: MetaOptions): Provider<'signed-without-time'> {
  const provider = hmacPreset('meta', options, {
    strength: 'signed-without-time',
    signature: { header: 'x-hub-signature-256', encoding: 'hex', prefix: 'sha256=' },
    id: { or: bodyHash },
    type: { field: 'object' },
    options: { verifyToken: true },
    handshake(request) {
      const query = queryOf(request)
      if (query?.get('hub.mode') !== 'subscribe' || !verifyToken) return null
      const token = query.get('hub.verify_token') ?? ''
      const isKnown = matchCodes(token, [0, token.length], [verifyToken]) === 0
      return isKnown ? textAnswer(query.get('hub.challenge') ?? '') : null
    },
  })
  const { verifyToken } = options
  if (verifyToken !== undefined) checkText('meta: verifyToken', verifyToken, 'a token of yours')
  return provider
}
