import { bodyHash } from './body-hash'

/** Longer keys do not fit the index of every store, and others are text that not every store can keep. */
const PLAIN_KEY = /^[\x21-\x7e]{1,255}$/

/** A name that ends where the id begins, or the next name; and none that a hashed key begins with. */
const PLAIN_NAME = /^(?!sha256$)[^:/]+$/

/**
 * The key of an event: the names of its provider and of the endpoint, and its id, as they are where any store can keep them and
 * nothing else has the same key; else hashed.
 */
export async function idempotencyKey(names: readonly string[], id: string): Promise<string> {
  const key = `${names.join('/')}:${id}`
  if (PLAIN_KEY.test(key) && names.every((name) => PLAIN_NAME.test(name))) return key
  // As JSON, since two lone surrogates are the same in UTF-8.
  return `sha256:${await bodyHash(new TextEncoder().encode(JSON.stringify([...names, id])))}`
}
