import { decodeBase64 } from './base64'
import { accept, refuse, type Checked } from './checked'
import { decodeHex } from './hex'

/** More than a rotation ever needs; it bounds the comparisons per request. */
const MAX_SIGNATURES = 16

/** Where a scheme's signature stands, and how it is written. */
export interface SignatureForm {
  /** The header's name, in any case. */
  header: string
  encoding: 'hex' | 'base64'
  /** What stands before each signature, such as `sha256=`. */
  prefix?: string
  /**
   * What stands between signatures, where the header may hold several. Those of another form, such as of another version
   * of the scheme, are then passed over.
   */
  separator?: string
}

/**
 * The signatures of a header. Entries of another form are passed over, since a sender may add versions at any time, but
 * they count towards the limit; a header in which none is of the form is refused.
 */
export function readSignatures(text: string, form: SignatureForm, byteLength: number): Checked<Uint8Array[]> {
  const { header, prefix = '', separator } = form
  const entries = separator === undefined ? [text] : text.split(separator, MAX_SIGNATURES + 1)
  if (entries.length > MAX_SIGNATURES) {
    return refuse('too_many_signatures', `The header ${header} holds more than ${MAX_SIGNATURES} signatures.`)
  }
  const decode = form.encoding === 'hex' ? decodeHex : decodeBase64
  const signatures = entries.flatMap((entry) => {
    const signature = entry.startsWith(prefix) ? decode(entry.slice(prefix.length)) : null
    return signature?.length === byteLength ? [signature] : []
  })
  if (signatures.length > 0) return accept(signatures)
  return refuse('malformed_header', `The header ${header} holds no signature of this scheme.`)
}
