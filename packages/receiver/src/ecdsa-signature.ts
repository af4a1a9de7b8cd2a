const SIDE = 32

/**
 * The two numbers of a P-256 signature, one after the other, as Web Crypto takes them; `null` where the bytes are no DER
 * of two positive numbers (a SEQUENCE of two INTEGERs, each without needless zeros).
 */
export function rawEcdsaSignature(der: Uint8Array): Uint8Array<ArrayBuffer> | null {
  if (der[0] !== 0x30 || der[1] !== der.length - 2) return null
  const raw = new Uint8Array(2 * SIDE)
  let offset = 2
  for (let end = SIDE; end <= 2 * SIDE; end += SIDE) {
    const length = der[offset + 1] ?? 0
    const number = der.subarray(offset + 2, offset + 2 + length)
    if (der[offset] !== 0x02 || length === 0 || number.length !== length) return null
    const [first = 0, second = 0] = number
    // A leading zero stands only where the next bit would make the number negative.
    if (first > 0x7f || (first === 0 && second < 0x80)) return null
    const digits = first === 0 ? number.subarray(1) : number
    if (digits.length > SIDE) return null
    raw.set(digits, end - digits.length)
    offset += 2 + length
  }
  return offset === der.length ? raw : null
}

/** The DER of a P-256 signature that Web Crypto has made. */
export function derEcdsaSignature(raw: Uint8Array): Uint8Array<ArrayBuffer> {
  const numbers = [raw.subarray(0, SIDE), raw.subarray(SIDE)].flatMap((side) => {
    const digits = [...side.subarray(side.findIndex((byte) => byte !== 0))]
    if ((digits[0] ?? 0) > 0x7f) digits.unshift(0)
    return [0x02, digits.length, ...digits]
  })
  return Uint8Array.of(0x30, numbers.length, ...numbers)
}
