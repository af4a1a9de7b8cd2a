import { decodeBase64 } from '#platform'
import { bodyHash } from '../body-hash'
import { preset, type TimedPresetOptions } from '../preset'
import type { Provider } from '../provider'
import { publicKeyProof } from '../public-key-proof'

/**
 * SendGrid's event webhook: ECDSA over the time and the body in `X-Twilio-Email-Event-Webhook-Signature`, checked by the
 * verification key that SendGrid shows. A body holds several events: the id and the type are those of the first one.
 *
 * Rests on SendGrid's documentation and library; the tolerance is our choice.
 *
 * @throws TypeError where an option is missing, wrong or unknown.
 * @example
 * const provider = sendgrid({ secret: verificationKey })
 */
export function sendgrid(options: TimedPresetOptions): Provider<'signed'> {
  return preset(
    'sendgrid',
    options,
    {
      strength: 'signed',
      signature: { header: 'x-twilio-email-event-webhook-signature', encoding: 'base64' },
      timestamp: { header: 'x-twilio-email-event-webhook-timestamp' },
      signed: ({ timestamp, body }) => [timestamp, body],
      id: { field: ['0', 'sg_event_id'], or: bodyHash },
      type: { field: ['0', 'event'], or: 'events' },
      decode: decodeBase64,
      secretForm: 'the public key in base64',
    },
    (keys) => publicKeyProof('sendgrid', 'ecdsa-p256', 'base64', keys),
  )
}
