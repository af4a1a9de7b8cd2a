/** What an encoder writes (RFC 4648, section 4): padded, and without stray bits, so that each text has one form. */
export const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$/

/** The bytes of base64 text, or `null` where the text is not exactly what an encoder writes. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> | null {
  if (text === '' || !BASE64.test(text)) return null
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
}

/** Base64 text of a few bytes: a code, or the claims of a token. */
export function encodeBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}
