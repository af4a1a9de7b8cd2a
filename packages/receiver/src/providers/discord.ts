import { decodeHex } from '#platform'
import { bodyHash } from '../body-hash'
import { jsonAnswer } from '../handshake-answer'
import { preset, type TimedPresetOptions } from '../preset'
import type { Provider } from '../provider'
import { publicKeyProof } from '../public-key-proof'
import { fieldAt } from '../source'

/** The `type` of a PING: 1 among interactions, 0 among webhook events. */
const PING = 1
const EVENT_PING = 0

/**
 * Discord's interactions and webhook events: ed25519 over the time and the body in `X-Signature-Ed25519`, checked by the
 * application's public key in hexadecimal digits. Answers PING. Discord sends wrong signatures on purpose; they are refused.
 *
 * Rests on Discord's documentation and several libraries; there is no published vector, and the tolerance is our choice.
 *
 * @throws TypeError where an option is missing, wrong or unknown.
 * @example
 * const provider = discord({ secret: publicKey })
 */
export function discord(options: TimedPresetOptions): Provider<'signed'> {
  return preset(
    'discord',
    options,
    {
      strength: 'signed',
      signature: { header: 'x-signature-ed25519', encoding: 'hex' },
      timestamp: { header: 'x-signature-timestamp' },
      signed: ({ timestamp, body }) => [timestamp, body],
      id: { field: 'id', or: bodyHash },
      type: { field: ['event', 'type'], or: { field: 'type' } },
      decode: decodeHex,
      secretForm: 'the public key in hex',
      handshake({ payload }) {
        const type = fieldAt(payload, 'type')
        if (type === EVENT_PING) return { status: 204, headers: {}, body: '' }
        return type === PING && fieldAt(payload, 'event') === undefined ? jsonAnswer({ type: PING }) : null
      },
    },
    (keys) => publicKeyProof('discord', 'ed25519', 'hex', keys),
  )
}
