import { BASE64 } from './base64'
import { HEX } from './hex'

/** How bytes are written as text. */
export type Encoding = 'hex' | 'base64' | 'base64url'

const FORMS = { hex: HEX, base64: BASE64, base64url: /^[\w-]+$/ }

/** Whether text is what an encoder writes of some bytes; hexadecimal digits may be in either case. */
export function isEncoded(text: string, encoding: Encoding): boolean {
  return FORMS[encoding].test(text)
}

/** How many characters an encoder writes of so many bytes. */
export function encodedLength(byteLength: number, encoding: Encoding): number {
  if (encoding === 'hex') return byteLength * 2
  return encoding === 'base64' ? Math.ceil(byteLength / 3) * 4 : Math.ceil((byteLength * 4) / 3)
}
