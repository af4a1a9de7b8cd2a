import { bodyHash } from '../body-hash'
import { jsonAnswer } from '../handshake-answer'
import { andThen } from '../maybe-promise'
import { hmacPreset, type TimedPresetOptions } from '../preset'
import type { Provider } from '../provider'
import { fieldAt, textAt } from '../source'

/**
 * Zoom: HMAC-SHA256 over `v0:timestamp:body` in `x-zm-signature: v0=…`, by the secret token of the app. The id is the hash
 * of the body, which holds the time of the event. Answers `endpoint.url_validation`.
 *
 * Rests on Zoom's documentation; there is no published vector, and the tolerance is our choice.
 *
 * @throws TypeError where an option is missing, wrong or unknown. The message never holds the secret.
 * @example
 * const provider = zoom({ secret })
 */
export function zoom(options: TimedPresetOptions): Provider<'signed'> {
  return hmacPreset('zoom', options, {
    strength: 'signed',
    signature: { header: 'x-zm-signature', encoding: 'hex', prefix: 'v0=' },
    timestamp: { header: 'x-zm-request-timestamp' },
    signed: ({ timestamp, body }) => ['v0:', timestamp, ':', body],
    id: { or: bodyHash },
    type: { field: 'event' },
    data: { field: 'payload' },
    handshake({ payload }, sign) {
      const plainToken = textAt(payload, ['payload', 'plainToken'])
      if (fieldAt(payload, 'event') !== 'endpoint.url_validation' || plainToken === undefined || !sign)
        return null
      return andThen(sign([plainToken]), (encryptedToken) => jsonAnswer({ plainToken, encryptedToken }))
    },
  })
}
