import { readdirSync } from 'node:fs'

// The names in a spool's folder. A segment keeps its id when it changes its owner, which is one atomic rename; ids of both are
// never used again, and those of segments go up with the time at which they were made.

/** One segment, and whose it is. */
export interface SegmentName {
  id: string
  owner: string
}

/** What a spool's folder holds, each sorted by name. */
export interface SpoolFiles {
  segments: SegmentName[]
  /** Segments of which some items are known to be answered. */
  answered: string[]
  /** Owners that have a lock. */
  locks: string[]
  /** Names that are not the spool's. */
  foreign: string[]
}

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const SEGMENT = new RegExp(`^(${UUID})\\.(${UUID})\\.events$`)
const ANSWERED = new RegExp(`^(${UUID})\\.answered$`)
const LOCK = new RegExp(`^(${UUID})\\.lock$`)

export const segmentFile = ({ id, owner }: SegmentName) => `${id}.${owner}.events`
export const answeredFile = (segmentId: string) => `${segmentId}.answered`
export const lockFile = (owner: string) => `${owner}.lock`

/** Looks into a spool's folder; folders in it, and what begins with a dot, are nobody's concern. */
export function listSpool(folder: string): SpoolFiles {
  const files: SpoolFiles = { segments: [], answered: [], locks: [], foreign: [] }
  const entries = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile())
  for (const name of entries.map((entry) => entry.name).sort()) {
    const [, id, owner] = SEGMENT.exec(name) ?? []
    const answered = ANSWERED.exec(name)?.[1]
    const lock = LOCK.exec(name)?.[1]
    if (id !== undefined && owner !== undefined) files.segments.push({ id, owner })
    else if (answered !== undefined) files.answered.push(answered)
    else if (lock !== undefined) files.locks.push(lock)
    else if (!name.startsWith('.')) files.foreign.push(name)
  }
  return files
}
