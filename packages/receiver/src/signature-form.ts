import type { Place } from './locate'

/** How bytes are written as text. */
export type Encoding = 'hex' | 'base64'

/** Where a scheme's signature stands, and how it is written. */
export type SignatureForm = Place & {
  encoding: Encoding
  /** What stands before each signature, such as `sha256=`. */
  prefix?: string | undefined
  /**
   * What stands between signatures, where the header may hold several. Those of another form, such as of another version
   * of the scheme, are then passed over.
   */
  separator?: string | undefined
}
