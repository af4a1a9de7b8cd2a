import { decodeBase64, decodeHex } from '#platform'
import { accept, refuse, type Checked } from './checked'
import { nameOf, type Place } from './locate'

/** More than a rotation ever needs; it bounds the comparisons per request. */
const MAX_SIGNATURES = 16

/** Where a scheme's signature stands, and how it is written. */
export type SignatureForm = Place & {
  encoding: 'hex' | 'base64'
  /** What stands before each signature, such as `sha256=`. */
  prefix?: string | undefined
  /**
   * What stands between signatures, where the header may hold several. Those of another form, such as of another version
   * of the scheme, are then passed over.
   */
  separator?: string | undefined
}

/**
 * The signatures of a header. Entries of another form are passed over, since a sender may add versions at any time, but
 * they count towards the limit; a header in which none is of the form is refused.
 *
 * @param others - How many entries are no signatures by the scheme itself, such as a time.
 */
export function readSignatures(
  text: string,
  form: SignatureForm,
  isSignature: (bytes: Uint8Array) => boolean,
  others = 0,
): Checked<Uint8Array[]> {
  const { prefix = '', separator } = form
  const most = MAX_SIGNATURES + others
  const entries = separator === undefined ? [text] : text.split(separator, most + 1)
  if (entries.length > most) {
    return refuse('too_many_signatures', `The ${nameOf(form)} holds more than ${MAX_SIGNATURES} signatures.`)
  }
  const decode = form.encoding === 'hex' ? decodeHex : decodeBase64
  const signatures: Uint8Array[] = []
  for (const entry of entries) {
    const bytes = entry.startsWith(prefix) ? decode(entry.slice(prefix.length)) : null
    if (bytes && isSignature(bytes)) signatures.push(bytes)
  }
  if (signatures.length > 0) return accept(signatures)
  return refuse(
    form.header === undefined ? 'malformed_body' : 'malformed_header',
    `The ${nameOf(form)} holds no signature of this scheme.`,
  )
}
