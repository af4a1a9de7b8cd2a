const ALPHABET_AND_PADDING = /^[A-Za-z0-9+/]+={0,2}$/

/** The bytes of base64 text (RFC 4648, section 4), or `null` where the text is not exactly what an encoder writes. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> | null {
  if (text.length % 4 !== 0 || !ALPHABET_AND_PADDING.test(text)) return null
  const binary = atob(text)
  // atob ignores the bits that padding leaves over; two texts for the same bytes would be two names for one signature.
  if (btoa(binary) !== text) return null
  return Uint8Array.from(binary, (character) => character.charCodeAt(0))
}

/** Base64 text of bytes. */
export function encodeBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}
