import { decodeBase64, decodeHex, signatureCheck } from '#platform'
import type { Part } from './concat-bytes'
import { entriesAt } from './find-entries'
import { all, andThen, type MaybePromise } from './maybe-promise'
import type { Encoding } from './signature-form'
import type { Proof } from './signed-scheme'

/** The algorithm of a public key: ed25519 over raw keys, or ECDSA on P-256 with SHA-256, DER signatures, SPKI keys. */
export type PublicKeyAlgorithm = 'ed25519' | 'ecdsa-p256'

/** Whether a signature is one of the content, by a certain key. Never throws. */
export type SignatureCheck = (content: readonly Part[], signature: Uint8Array) => MaybePromise<boolean>

const ED25519_KEY_BYTES = 32

/** What the text of a public key must be, for messages. */
export const KEY_FORM = 'a public key in base64 or hex'

/** The bytes of a public key. Text of hexadecimal digits alone is no base64 of a key: none has such a length. */
export function decodeKey(text: string): Uint8Array | null {
  return decodeHex(text) ?? decodeBase64(text)
}

/** Signatures by a private key that the sender alone has. Each is checked by each key. */
export function publicKeyProof(
  owner: string,
  algorithm: PublicKeyAlgorithm,
  encoding: Encoding,
  keys: readonly Uint8Array[],
): Proof {
  const decode = encoding === 'hex' ? decodeHex : decodeBase64
  const isLength = ({ length }: Uint8Array) =>
    algorithm === 'ed25519' ? length === 64 : length >= 8 && length <= 72
  const checks = keys.map((key) => {
    try {
      if (algorithm === 'ed25519' && key.length !== ED25519_KEY_BYTES) throw new TypeError('another length')
      return signatureCheck(algorithm, key)
    } catch (cause) {
      throw new TypeError(`${owner}: that is no public key for ${algorithm}.`, { cause })
    }
  })
  /** The signatures among texts. */
  const read = (texts: readonly string[]) =>
    texts.flatMap((text) => {
      const bytes = decode(text)
      return bytes && isLength(bytes) ? [bytes] : []
    })

  return {
    isSignature: (text) => read([text]).length > 0,
    prove(text, places, contentsOf) {
      const contents = contentsOf()
      const signatures = read(entriesAt(text, places))
      const tried = checks.map((check) => {
        const results = contents.flatMap((content) =>
          signatures.map((signature) => check(content, signature)),
        )
        return andThen(all(results), (valid) => valid.includes(true))
      })
      return andThen(all(tried), (valid) => valid.indexOf(true))
    },
    algorithm,
  }
}
