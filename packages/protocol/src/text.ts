/**
 * The number of bytes that a string takes in UTF-8. A lone surrogate counts as the three bytes of U+FFFD, which
 * is what every encoder writes for it.
 *
 * @example
 * utf8Length('é') // 2
 */
export function utf8Length(text: string): number {
  // Most texts are ASCII, where bytes and units are the same.
  return NOT_ASCII.test(text) ? new TextEncoder().encode(text).length : text.length
}

const NOT_ASCII = /[\u0080-\uffff]/

/**
 * The number of Unicode code points, counted no further than `limit + 1`.
 *
 * @example
 * characterCount('🌅', 128) // 1
 */
export function characterCount(text: string, limit: number): number {
  // No text of more units has fewer code points, so that what is counted is never long.
  return text.length > limit * 2 ? limit + 1 : Math.min(Array.from(text).length, limit + 1)
}

/**
 * True of text that any store and any encoder keeps as it is: no control characters (C0, DEL, C1) and no lone
 * surrogates.
 *
 * @example
 * isPlainText('line\n') // false
 */
export function isPlainText(text: string): boolean {
  // With the flag u a pair is one character, which the class does not hold.
  return !/[\p{Cc}\p{Cs}]/u.test(text)
}

/**
 * The text with U+FFFD for what a store cannot hold: NUL (PostgreSQL has none) and lone surrogates.
 *
 * @example
 * storableText('a\0b') // 'a\uFFFDb'
 */
export function storableText(text: string): string {
  // No lookbehind: Safari has it from 16.4 only.
  return text.replace(/[\0\uD800-\uDFFF]/gu, '\uFFFD')
}

/** True of either half of a surrogate pair. */
export function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff
}

/** True where a surrogate pair starts: two UTF-16 units that are one character, of four bytes in UTF-8. */
export function isPairAt(text: string, index: number): boolean {
  const high = text.charCodeAt(index)
  if (high < 0xd800 || high > 0xdbff) return false
  const low = text.charCodeAt(index + 1)
  return low >= 0xdc00 && low <= 0xdfff
}
