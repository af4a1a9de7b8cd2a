import { HASH_BYTES, type HmacHash } from './authentication-codes'
import { checkChoice } from './check-options'
import { checkBuilder } from './event-options'
import { hmacProof } from './hmac-proof'
import type { Provider, Strength } from './provider'
import { readSecrets, type Secret } from './secrets'
import { resolveSigned, SIGNED_OPTIONS, type SignedOptions } from './signed-options'
import { signedScheme } from './signed-scheme'

/** What {@link hmac} needs to know of a sender. */
export interface HmacOptions extends SignedOptions {
  /** One secret, or several with the newest first. */
  secret: Secret
  /** @defaultValue `'SHA-256'` */
  hash?: HmacHash
}

/** What a scheme proves, by its options. */
export type StrengthOf<Options> = Options extends { strength: infer Told extends Strength }
  ? Told
  : 'timestamp' extends keyof Options
    ? Options extends { timestamp: object }
      ? 'signed'
      : Strength
    : 'signed-without-time'

/**
 * A provider that signs with an HMAC over parts of the request.
 *
 * @throws TypeError where an option is missing, wrong or unknown. The message never holds a secret.
 * @example
 * const acme = hmac({
 *   name: 'acme',
 *   secret: 'shared text',
 *   signature: { header: 'X-Acme-Signature', encoding: 'hex', prefix: 'sha256=' },
 *   timestamp: { header: 'X-Acme-Timestamp' },
 *   signed: ({ timestamp, body }) => [timestamp, '.', body],
 *   id: { header: 'X-Acme-Delivery' },
 *   type: { field: 'event' },
 * })
 */
export function hmac<const Options extends HmacOptions>(options: Options): Provider<StrengthOf<Options>>
export function hmac(options: HmacOptions): Provider {
  checkBuilder('hmac', options, { hash: true, ...SIGNED_OPTIONS })
  const { name, secret, hash = 'SHA-256' } = options
  checkChoice(`${name}: hash`, hash, Object.keys(HASH_BYTES))
  const form = resolveSigned(options)
  return signedScheme(name, form, hmacProof(hash, form.signature.encoding, readSecrets(name, secret)))
}
