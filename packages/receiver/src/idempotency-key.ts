import { bodyHash } from './body-hash'

/** Longer keys do not fit the index of every store, and others are text that not every store can keep. */
const PLAIN_KEY = /^[\x21-\x7e]{1,255}$/

/** The key of an event: its provider's name and its id, as they are where any store can keep them, else hashed. */
export async function idempotencyKey(provider: string, id: string): Promise<string> {
  const key = `${provider}:${id}`
  if (PLAIN_KEY.test(key)) return key
  // As JSON, since two lone surrogates are the same in UTF-8.
  return `sha256:${await bodyHash(new TextEncoder().encode(JSON.stringify([provider, id])))}`
}
