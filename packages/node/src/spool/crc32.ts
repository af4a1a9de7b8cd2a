import * as zlib from 'node:zlib'

/**
 * The CRC-32 of text (its UTF-8 bytes) or of bytes, as of zlib and PNG. By Node's own where there is one: it came with 20.15
 * and 22.2.
 */
export const crc32: (data: string | Uint8Array) => number =
  (zlib as Partial<typeof zlib>).crc32 ?? crc32ByTable

let table: Uint32Array | undefined

/** The same where the platform has none. */
export function crc32ByTable(data: string | Uint8Array): number {
  table ??= Uint32Array.from({ length: 256 }, (_, byte) => {
    for (let bit = 0; bit < 8; bit++) byte = byte & 1 ? (byte >>> 1) ^ 0xedb88320 : byte >>> 1
    return byte
  })
  let crc = 0xffffffff
  for (const byte of Buffer.from(data as string)) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 0xff] ?? 0)
  return (crc ^ 0xffffffff) >>> 0
}
