/** The hash functions of HMAC schemes, by their Web Crypto names, and the bytes that each gives. */
export const HASH_BYTES = { 'SHA-1': 20, 'SHA-256': 32, 'SHA-512': 64 } as const

/** The hash function of an HMAC scheme. SHA-1 is for old senders only. */
export type HmacHash = keyof typeof HASH_BYTES
