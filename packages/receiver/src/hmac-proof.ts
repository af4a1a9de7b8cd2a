import { hmacBy } from '#platform'
import { HASH_BYTES, type HmacHash } from './authentication-codes'
import type { Part } from './concat-bytes'
import { matchSignature } from './match-signature'
import { all, andThen, type MaybePromise } from './maybe-promise'
import type { Proof, Sign } from './signed-scheme'

/** Signatures that are HMACs. One is computed for each secret and content, however many signatures came. */
export function hmacProof(hash: HmacHash, keys: readonly Uint8Array[]): CodeProof {
  return codeProof(HASH_BYTES[hash], hmacBy(hash, keys))
}

/** Signatures that the receiver computes too, and compares. */
export interface CodeProof extends Proof {
  sign: Sign
}

/** @param codesOf - The code of a content by each secret. */
export function codeProof(
  byteLength: number,
  codesOf: (content: readonly Part[]) => MaybePromise<readonly Uint8Array[]>,
): CodeProof {
  return {
    isSignature: (bytes) => bytes.length === byteLength,
    prove: ({ contents, signatures }) => {
      const match = (codes: readonly Uint8Array[]) => matchSignature(codes, signatures)
      // Nearly every sender signs in one way.
      const [only = [], ...others] = contents
      if (others.length === 0) return andThen(codesOf(only), match)
      return andThen(
        all(contents.map(codesOf)),
        (codes) => codes.map(match).find((place) => place >= 0) ?? -1,
      )
    },
    sign: (content) => andThen(codesOf(content), ([code = new Uint8Array()]) => code),
  }
}
