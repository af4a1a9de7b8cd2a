import { decodeBase64 } from '#platform'
import { utf8 } from './concat-bytes'

/** More than a rotation ever needs; each costs one HMAC per request. */
const MAX_SECRETS = 16

/** One secret, or several with the newest first. Text is used as its UTF-8 bytes unless the preset says otherwise. */
export type Secret = string | Uint8Array | readonly (string | Uint8Array)[]

/**
 * The keys of a `secret` option.
 *
 * @param owner - Whose option it is, for messages.
 * @param decode - The key that a text stands for, or `null` where it stands for none.
 * @param form - What a text must be, for messages.
 * @throws TypeError where there is no secret, an empty one, too many, or one that is malformed. It never holds the secret.
 */
export function readSecrets(
  owner: string,
  secret: unknown,
  decode: (text: string) => Uint8Array | null = utf8,
  form = 'text that is not empty',
): Uint8Array[] {
  // Copied, so that a list with holes has an `undefined` in each.
  const secrets: unknown[] = Array.isArray(secret) ? [...(secret as unknown[])] : [secret]
  if (secrets.length === 0 || secrets.length > MAX_SECRETS) {
    throw new TypeError(`${owner}: give one secret, or a list of 1 to ${MAX_SECRETS} with the newest first.`)
  }
  return secrets.map((item, index) => {
    // A copy, since the caller may wipe its own.
    const key = typeof item === 'string' ? decode(item) : item instanceof Uint8Array ? item.slice() : null
    if (key && key.length > 0) return key
    const which = Array.isArray(secret) ? `secret[${index}]` : 'secret'
    throw new TypeError(`${owner}: ${which} must be ${form}, or its bytes; got ${describe(item)}.`)
  })
}

/** Whether a `secret` option, or the first of a list, is text that begins so. */
export function startsWith(secret: unknown, prefix: string): boolean {
  const [first] = [secret].flat()
  return typeof first === 'string' && first.startsWith(prefix)
}

/** The key of a Standard Webhooks secret: `whsec_` and base64. Its reference libraries take it without the prefix too. */
export function decodeWhsec(text: string): Uint8Array | null {
  return decodeBase64(text.startsWith('whsec_') ? text.slice('whsec_'.length) : text)
}

function describe(item: unknown): string {
  if (typeof item === 'string') return item === '' ? 'an empty text' : 'a text of another form'
  if (item instanceof Uint8Array) return 'no bytes'
  return item === undefined || item === null
    ? `${String(item)} (is the environment variable set?)`
    : typeof item
}
