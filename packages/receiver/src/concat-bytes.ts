const encoder = /* @__PURE__ */ new TextEncoder()

/** A part of what is signed: text stands for its UTF-8 bytes. */
export type Part = string | Uint8Array

/** The UTF-8 bytes of text. */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text)
}

/** The parts one after the other, text in UTF-8, in memory of their own. */
export function concatBytes(parts: readonly Part[]): Uint8Array<ArrayBuffer> {
  const chunks = parts.map((part) => (typeof part === 'string' ? encoder.encode(part) : part))
  const joined = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0))
  let offset = 0
  for (const chunk of chunks) {
    joined.set(chunk, offset)
    offset += chunk.length
  }
  return joined
}
