import type { OutboxItem } from '@arunika/core'
import { decodeRecord } from './record'

const LINE_BREAK = 0x0a

/** What the bytes of a segment hold. */
export interface SegmentContent {
  /** The items of the whole records, in the order in which they were written. */
  items: OutboxItem[]
  /** What lies between them and is no record: a torn tail, a damaged sector, another program's text. */
  damaged: Buffer[]
}

/** Reads a segment, whatever its bytes are: a damaged record costs none of those before and after it. */
export function readSegment(bytes: Buffer): SegmentContent {
  const content: SegmentContent = { items: [], damaged: [] }
  for (const line of lines(bytes)) {
    const item = decodeRecord(line)
    if (item) content.items.push(item)
    else content.damaged.push(line)
  }
  return content
}

/** How many records a segment has, without a look into them. */
export function countRecords(bytes: Buffer): number {
  let count = 0
  for (let at = bytes.indexOf(LINE_BREAK); at >= 0; at = bytes.indexOf(LINE_BREAK, at + 1)) count++
  return count
}

function* lines(bytes: Buffer): Generator<Buffer> {
  for (let start = 0; start < bytes.length;) {
    const found = bytes.indexOf(LINE_BREAK, start)
    const end = found < 0 ? bytes.length : found
    yield bytes.subarray(start, end)
    start = end + 1
  }
}
