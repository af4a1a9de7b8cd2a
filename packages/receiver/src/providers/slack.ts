import { bodyHash } from '../body-hash'
import { jsonAnswer } from '../handshake-answer'
import { parseForm } from '../parse-form'
import { hmacPreset, type TimedPresetOptions } from '../preset'
import type { Provider } from '../provider'
import { fieldAt, textAt } from '../source'

/**
 * Slack: HMAC-SHA256 over `v0:timestamp:body` in `X-Slack-Signature: v0=…`, by the signing secret. Takes events, commands
 * and interactions: a form's `payload` is the payload. What has no `event_id` has the hash of the body as its id. Answers
 * `url_verification`.
 *
 * Rests on Slack's documentation, whose vector it verifies.
 *
 * @throws TypeError where an option is missing, wrong or unknown. The message never holds the secret.
 * @example
 * const provider = slack({ secret })
 */
export function slack(options: TimedPresetOptions): Provider<'signed'> {
  return hmacPreset('slack', options, {
    strength: 'signed',
    signature: { header: 'x-slack-signature', encoding: 'hex', prefix: 'v0=' },
    timestamp: { header: 'x-slack-request-timestamp' },
    signed: ({ timestamp, body }) => ['v0:', timestamp, ':', body],
    id: { field: 'event_id', or: bodyHash },
    type: { field: ['event', 'type'], or: { field: 'type', or: { field: 'command' } } },
    attempt: { header: 'x-slack-retry-num', plus: 1 },
    parse,
    handshake({ payload }) {
      const challenge = textAt(payload, 'challenge')
      if (fieldAt(payload, 'type') !== 'url_verification' || challenge === undefined) return null
      return jsonAnswer({ challenge })
    },
  })
}

function parse(text: string): unknown {
  if (text.startsWith('{')) return JSON.parse(text)
  const form = parseForm(text)
  return form['payload'] === undefined ? form : JSON.parse(form['payload'])
}
