import { renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { OutboxItem } from '@arunika/core'
import { createUuidV7 } from '@arunika/protocol'
import { forgetAnswered, markAnswered } from './answered-marks'
import { segmentFile } from './file-names'
import { isMissing } from './is-missing'
import { encodeRecord } from './record'
import { createSegmentWriter, type SegmentWriter, type Write } from './segment-writer'

/** A segment is also what is read at once: some hundred events, which takes about a millisecond. */
const SEGMENT_BYTES = 262_144

/** What {@link createHeldSegments} is made from. */
export interface HeldSegmentsOptions {
  folder: string
  /** Who owns them now. */
  owner: () => string
  fsync: boolean
  write?: Write | undefined
}

/** The segments of a living owner, of whose items some wait in memory. An item's `place` is the id of its segment. */
export interface HeldSegments {
  has(segmentId: string): boolean
  /** Appends the items that are in no segment here. */
  put(items: OutboxItem[]): void
  /** Takes up a segment that was read, by how many of its items wait. */
  hold(segmentId: string, waiting: number): void
  /** Notes items as answered, and deletes the segments that have no others. */
  remove(items: OutboxItem[]): void
  /** Gives all of them a new owner. `false` where one was lost: to another process, or deleted. */
  rename(from: string, to: string): boolean
  /** Deletes all. */
  clear(): void
  close(): void
}

/** Makes the segments of an owner; the first file comes with the first item. */
export function createHeldSegments({ folder, owner, fsync, write }: HeldSegmentsOptions): HeldSegments {
  const newSegment = createUuidV7()
  const waiting = new Map<string, number>()
  let growing: { id: string; writer: SegmentWriter } | undefined

  const pathOf = (id: string, of = owner()) => join(folder, segmentFile({ id, owner: of }))

  function grow(): { id: string; writer: SegmentWriter } {
    if (growing && growing.writer.size >= SEGMENT_BYTES) endGrowth()
    if (growing) return growing
    const id = newSegment()
    growing = { id, writer: createSegmentWriter(pathOf(id), fsync, write) }
    waiting.set(id, 0)
    return growing
  }

  function endGrowth(): void {
    growing?.writer.close()
    growing = undefined
  }

  function append(items: OutboxItem[], text: string): void {
    const { id, writer } = grow()
    writer.append(text)
    waiting.set(id, (waiting.get(id) ?? 0) + items.length)
    for (const item of items) item.place = id
  }

  function forget(id: string): void {
    if (growing?.id === id) endGrowth()
    waiting.delete(id)
  }

  function drop(id: string): void {
    forget(id)
    rmSync(pathOf(id), { force: true })
    forgetAnswered(folder, id)
  }

  return {
    has: (id) => waiting.has(id),
    put(items) {
      let gathered: OutboxItem[] = []
      let text = ''
      for (const item of items) {
        if (item.place !== undefined && waiting.has(item.place)) continue
        gathered.push(item)
        text += encodeRecord(item)
        // In one piece, but for what would not fit into a segment.
        if (text.length + (growing?.writer.size ?? 0) < SEGMENT_BYTES) continue
        append(gathered, text)
        gathered = []
        text = ''
      }
      if (gathered.length > 0) append(gathered, text)
    },
    hold(id, count) {
      if (count > 0) waiting.set(id, count)
      else drop(id)
    },
    remove(items) {
      for (const [id, answered] of groupByPlace(items)) {
        const before = waiting.get(id)
        if (before === undefined) continue
        waiting.set(id, before - answered.length)
        if (before > answered.length) markAnswered(folder, id, answered)
        else drop(id)
      }
    },
    rename(from, to) {
      let isWhole = true
      for (const id of waiting.keys()) {
        if (renameIfThere(pathOf(id, from), pathOf(id, to))) continue
        forget(id)
        isWhole = false
      }
      return isWhole
    },
    clear() {
      for (const id of [...waiting.keys()]) drop(id)
    },
    close: endGrowth,
  }
}

/** Renames a file; `false` where it is not there, any more: of several who try this at once, one has it. */
export function renameIfThere(from: string, to: string): boolean {
  try {
    renameSync(from, to)
    return true
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}

function groupByPlace(items: OutboxItem[]): Map<string, OutboxItem[]> {
  const groups = new Map<string, OutboxItem[]>()
  for (const item of items) {
    if (item.place === undefined) continue
    const group = groups.get(item.place)
    if (group) group.push(item)
    else groups.set(item.place, [item])
  }
  return groups
}
