/** The hash functions of HMAC schemes, by their Web Crypto names, and the bytes that each gives. */
export const HASH_BYTES = { 'SHA-1': 20, 'SHA-256': 32, 'SHA-512': 64 } as const

/** The hash function of an HMAC scheme. SHA-1 is for old senders only. */
export type HmacHash = keyof typeof HASH_BYTES

/** The HMAC of a content by each key, in the order of the keys. */
export type AuthenticationCodes = (content: Uint8Array<ArrayBuffer>) => Promise<Uint8Array[]>

/** HMAC by Web Crypto, with the keys imported once. They stay inside: what prints a provider cannot print a secret. */
export function authenticationCodes(hash: HmacHash, keys: readonly Uint8Array[]): AuthenticationCodes {
  const algorithm = { name: 'HMAC', hash }
  let imported: Promise<CryptoKey[]> | undefined
  return async (content) => {
    imported ??= Promise.all(
      keys.map((key) => crypto.subtle.importKey('raw', Uint8Array.from(key), algorithm, false, ['sign'])),
    )
    const codes = (await imported).map((key) => crypto.subtle.sign(algorithm, key, content))
    return (await Promise.all(codes)).map((code) => new Uint8Array(code))
  }
}
