import { equalBytes } from '#platform'

/**
 * The place of the first code that one of the signatures equals, or `-1`. Every pair is compared whatever the others
 * gave, so that the time tells nothing.
 */
export function matchSignature(codes: readonly Uint8Array[], signatures: readonly Uint8Array[]): number {
  let matched = -1
  codes.forEach((code, index) => {
    for (const signature of signatures) {
      if (equalBytes(code, signature) && matched < 0) matched = index
    }
  })
  return matched
}
