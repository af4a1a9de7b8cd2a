import type { HmacHash } from './authentication-codes'
import { encodeBase64 } from './base64'
import { concatBytes, type Part } from './concat-bytes'
import { rawEcdsaSignature } from './ecdsa-signature'
import { encodeHex } from './hex'
import type { PublicKeyAlgorithm, SignatureCheck } from './public-key-proof'
import type { Encoding } from './signature-form'

// What verification needs of a platform, by Web Crypto. Where there is Node's own crypto, the package's import condition
// `node` takes platform.node.ts in its place: the same names, the same results, without waiting.
export { decodeBase64 } from './base64'
export { decodeHex } from './hex'
export { matchCodes } from './match-codes'

/** Whether results are there at once. */
export const synchronous: boolean = false

/** The HMAC of content by each key, in the order of the keys, as text. Keys are imported once. */
export function hmacBy(
  hash: HmacHash,
  encoding: Encoding,
  keys: readonly Uint8Array[],
): (content: readonly Part[]) => string[] | Promise<string[]> {
  const algorithm = { name: 'HMAC', hash }
  const encode = encoding === 'hex' ? encodeHex : encodeBase64
  let imported: Promise<CryptoKey[]> | undefined
  return async (content) => {
    imported ??= Promise.all(
      keys.map((key) => crypto.subtle.importKey('raw', Uint8Array.from(key), algorithm, false, ['sign'])),
    )
    const bytes = concatBytes(content)
    const codes = (await imported).map((key) => crypto.subtle.sign('HMAC', key, bytes))
    return (await Promise.all(codes)).map((code) => encode(new Uint8Array(code)))
  }
}

/** The hash of content. */
export async function digest(hash: HmacHash, content: readonly Part[]): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest(hash, concatBytes(content)))
}

/** Checks signatures by a public key: raw for ed25519, SPKI for ECDSA. A key that is none checks none. */
export function signatureCheck(algorithm: PublicKeyAlgorithm, key: Uint8Array): SignatureCheck {
  const ed25519 = algorithm === 'ed25519'
  const name = ed25519 ? { name: 'Ed25519' } : { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  let imported: Promise<CryptoKey> | undefined
  return async (content, signature) => {
    try {
      imported ??= crypto.subtle.importKey(ed25519 ? 'raw' : 'spki', Uint8Array.from(key), name, false, [
        'verify',
      ])
      const raw = ed25519 ? Uint8Array.from(signature) : rawEcdsaSignature(signature)
      return raw !== null && (await crypto.subtle.verify(name, await imported, raw, concatBytes(content)))
    } catch {
      return false
    }
  }
}
