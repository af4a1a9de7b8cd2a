import { checkChoice } from './check-options'
import { checkBuilder } from './event-options'
import type { StrengthOf } from './hmac'
import type { Provider } from './provider'
import { decodeKey, KEY_FORM, publicKeyProof, type PublicKeyAlgorithm } from './public-key-proof'
import { readSecrets, type Secret } from './secrets'
import { resolveSigned, SIGNED_OPTIONS, type SignedOptions } from './signed-options'
import { signedScheme } from './signed-scheme'

/** What {@link publicKey} needs to know of a sender. */
export interface PublicKeyOptions extends SignedOptions {
  /** One public key, or several with the newest first: base64, hex or bytes; raw for ed25519, SPKI for ECDSA. */
  secret: Secret
  /** The algorithm. It is chosen here, never by a request. */
  algorithm: PublicKeyAlgorithm
}

/**
 * A provider that signs by a private key that it alone has.
 *
 * @throws TypeError where an option is missing, wrong or unknown.
 * @example
 * const acme = publicKey({
 *   name: 'acme',
 *   secret: 'MCowBQYDK2Vw…',
 *   algorithm: 'ed25519',
 *   signature: { header: 'X-Acme-Signature', encoding: 'base64' },
 *   id: { field: 'id' },
 *   type: { field: 'event' },
 * })
 */
export function publicKey<const Options extends PublicKeyOptions>(
  options: Options,
): Provider<StrengthOf<Options>>
export function publicKey(options: PublicKeyOptions): Provider {
  checkBuilder('publicKey', options, { algorithm: true, ...SIGNED_OPTIONS })
  const { name, secret, algorithm } = options
  checkChoice(`${name}: algorithm`, algorithm, ['ed25519', 'ecdsa-p256'])
  const keys = readSecrets(name, secret, decodeKey, KEY_FORM)
  const form = resolveSigned(options)
  return signedScheme(name, form, publicKeyProof(name, algorithm, form.signature.encoding, keys))
}
