import { hmacPreset, type PresetOptions } from '../preset'
import type { Provider } from '../provider'

/**
 * Typeform: HMAC-SHA256 over the body in `Typeform-Signature: sha256=…`, in base64.
 *
 * Rests on Typeform's documentation; there is no published vector.
 *
 * @throws TypeError where an option is missing, wrong or unknown. The message never holds the secret.
 * @example
 * const provider = typeform({ secret })
 */
export function typeform(options: PresetOptions): Provider<'signed-without-time'> {
  return hmacPreset('typeform', options, {
    strength: 'signed-without-time',
    signature: { header: 'typeform-signature', encoding: 'base64', prefix: 'sha256=' },
    id: { field: 'event_id' },
    type: { field: 'event_type' },
    data: { field: 'form_response' },
    time: { field: ['form_response', 'submitted_at'] },
  })
}
