/** Hexadecimal text in either case. */
export const HEX = /^(?:[0-9a-f]{2})+$/i

/** The bytes of hexadecimal text in either case, or `null` where the text is something else. */
export function decodeHex(text: string): Uint8Array<ArrayBuffer> | null {
  if (!HEX.test(text)) return null
  return Uint8Array.from({ length: text.length / 2 }, (_, i) => parseInt(text.slice(i * 2, i * 2 + 2), 16))
}

/** Lowercase hexadecimal text of bytes. */
export function encodeHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
