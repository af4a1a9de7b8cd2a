import type { OutboxItem } from '@arunika/core'
import { crc32 } from './crc32'

// A record is one line: its checksum and its length (8 hex digits each), then the fields with tabs between them. Neither a tab
// nor a line break can be in JSON, which writes both as escapes, so that what follows a damaged record is found at the next
// line, and a person can read a spool by `cut -c17-`.

const HEAD_BYTES = 16
const TAB = 0x09
const ID = /^\{"eventId":"([^"\\]+)"/

/** The record of an item, its line break included. */
export function encodeRecord({ takenAt, group, json }: OutboxItem): string {
  const payload = `${takenAt}\t${group}\t${json}`
  return `${hex(crc32(payload))}${hex(Buffer.byteLength(payload))}${payload}\n`
}

/** The item of a line without its break; `null` where the line is not, to the last bit, what {@link encodeRecord} made. */
export function decodeRecord(line: Buffer): OutboxItem | null {
  const payload = line.subarray(HEAD_BYTES)
  const head = hex(crc32(payload)) + hex(payload.length)
  if (line.toString('latin1', 0, HEAD_BYTES) !== head) return null
  const groupAt = payload.indexOf(TAB) + 1
  const jsonAt = payload.indexOf(TAB, groupAt) + 1
  if (groupAt === 0 || jsonAt === 0) return null
  const json = payload.toString('utf8', jsonAt)
  // Whole by its checksum, but perhaps another program's.
  const id = ID.exec(json)?.[1]
  const takenAt = Number(payload.toString('latin1', 0, groupAt - 1) || NaN)
  if (id === undefined || !json.endsWith('}') || !Number.isFinite(takenAt)) return null
  const group = payload.toString('utf8', groupAt, jsonAt - 1)
  return { id, group, json, bytes: payload.length - jsonAt, takenAt }
}

function hex(value: number): string {
  return value.toString(16).padStart(8, '0')
}
