import { readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Backlog, OutboxItem } from '@arunika/core'
import { readAnswered } from './answered-marks'
import { atOnce } from './at-once'
import { segmentFile } from './file-names'
import type { HeldSegments } from './held-segments'
import { countRecords, readSegment } from './segment'
import { copyAside, moveAside } from './set-aside'

/** A larger file is no segment. */
const MAX_FILE_BYTES = 16_777_216

/** What {@link createUnreadSegments} is made from. */
export interface UnreadSegmentsOptions {
  folder: string
  owner: () => string
  /** Gets each segment when it is read. */
  held: HeldSegments
  /** Told of what cannot be read. */
  onUnreadable: (message: string, cause?: unknown) => void
}

/** Segments that were taken over, and wait to be read: the backlog of an outbox, one segment at a time, oldest first. */
export interface UnreadSegments extends Backlog {
  next(): Promise<OutboxItem[]>
  /** Takes up segments, which have their new name already. */
  add(segmentIds: string[]): void
  /** The ids, and none of them from now on. */
  takeAll(): string[]
}

/** Makes an empty backlog. */
export function createUnreadSegments({
  folder,
  owner,
  held,
  onUnreadable,
}: UnreadSegmentsOptions): UnreadSegments {
  let segments: { id: string; items: number; bytes: number }[] = []
  let items = 0
  let bytes = 0

  const nameOf = (id: string) => segmentFile({ id, owner: owner() })

  /** How much waits in a segment; `null` where nothing does. */
  function measure(id: string): { items: number; bytes: number } | null {
    const path = join(folder, nameOf(id))
    const { size } = statSync(path)
    if (size > MAX_FILE_BYTES) {
      onUnreadable(
        `A file of ${size} bytes was no part of the spool, and is now ${moveAside(folder, nameOf(id))}`,
      )
      return null
    }
    if (size === 0) {
      rmSync(path)
      return null
    }
    const records = countRecords(readFileSync(path))
    const waiting = Math.max(0, records - readAnswered(folder, id).size)
    return { items: waiting, bytes: Math.ceil((size * waiting) / Math.max(1, records)) }
  }

  function read(id: string): OutboxItem[] {
    const content = readSegment(readFileSync(join(folder, nameOf(id))))
    const answered = readAnswered(folder, id)
    const waiting = content.items.filter((item) => !answered.has(item.id))
    for (const item of waiting) item.place = id
    if (content.damaged.length > 0) setAside(id, content.damaged)
    held.hold(id, waiting.length)
    return waiting
  }

  function setAside(id: string, damaged: Buffer[]): void {
    const path = copyAside(folder, `${id}.events`, damaged)
    onUnreadable(`${damaged.length} damaged or half-written records of the spool were set aside: ${path}`)
  }

  /** One segment that cannot be read must not cost the others. Its file stays, for the next life. */
  function attempt<Value>(operation: () => Value, otherwise: Value): Value {
    try {
      return operation()
    } catch (cause) {
      onUnreadable('A part of the spool cannot be read for now, and stays where it is', cause)
      return otherwise
    }
  }

  function readNext(): OutboxItem[] {
    for (let segment = segments.shift(); segment; segment = segments.shift()) {
      const { id } = segment
      items -= segment.items
      bytes -= segment.bytes
      const found = attempt(() => read(id), [])
      if (found.length > 0) return found
    }
    return []
  }

  return {
    get items() {
      return items
    },
    get bytes() {
      return bytes
    },
    next: () => atOnce(readNext),
    add(ids) {
      for (const id of ids) {
        const measured = attempt(() => measure(id), null)
        if (measured === null) continue
        segments.push({ id, ...measured })
        items += measured.items
        bytes += measured.bytes
      }
      segments.sort((a, b) => (a.id < b.id ? -1 : 1))
    },
    takeAll() {
      const ids = segments.map(({ id }) => id)
      segments = []
      items = bytes = 0
      return ids
    },
  }
}
