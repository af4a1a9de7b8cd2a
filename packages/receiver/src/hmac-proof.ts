import { hmacBy, matchCodes } from '#platform'
import { HASH_BYTES, type HmacHash } from './authentication-codes'
import { BASE64 } from './base64'
import type { Part } from './concat-bytes'
import { HEX } from './hex'
import { all, andThen, type MaybePromise } from './maybe-promise'
import type { Encoding } from './signature-form'
import type { Proof, Sign } from './signed-scheme'

/** Signatures that are HMACs. One is computed for each secret and content, however many signatures came. */
export function hmacProof(hash: HmacHash, encoding: Encoding, keys: readonly Uint8Array[]): CodeProof {
  return codeProof(HASH_BYTES[hash], encoding, hmacBy(hash, encoding, keys))
}

/** Signatures that the receiver computes too, and compares. */
export interface CodeProof extends Proof {
  sign: Sign
}

/** @param codesOf - The code of a content by each secret, as an encoder writes it. */
export function codeProof(
  byteLength: number,
  encoding: Encoding,
  codesOf: (content: readonly Part[]) => MaybePromise<readonly string[]>,
): CodeProof {
  const isHex = encoding === 'hex'
  const form = isHex ? HEX : BASE64
  const digits = Math.ceil((byteLength * 8) / (isHex ? 4 : 6))
  const length = isHex ? digits : Math.ceil(digits / 4) * 4
  return {
    isSignature: (text) => form.test(text) && `${text}=`.indexOf('=') === digits,
    prove(text, places, contentsOf) {
      // The one test that costs nothing comes before the content and its hash.
      if (!places.some((start, at) => at % 2 === 0 && (places[at + 1] ?? 0) - start === length)) return -1
      const contents = contentsOf()
      // Where a letter becomes two in lower case, the places would be others: that text stays as it is.
      const lower = text.toLowerCase()
      const written = isHex && lower.length === text.length ? lower : text
      const match = (codes: readonly string[]) => matchCodes(written, places, codes)
      // Nearly every sender signs in one way.
      if (contents.length === 1) return andThen(codesOf(contents[0] as readonly Part[]), match)
      return andThen(
        all(contents.map(codesOf)),
        (codes) => codes.map(match).find((place) => place >= 0) ?? -1,
      )
    },
    sign: (content) => andThen(codesOf(content), ([code = '']) => code),
  }
}
