import { appendFileSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { OutboxItem } from '@arunika/core'
import { answeredFile } from './file-names'

// Beside a segment, the ids of those of its items that are answered, a line each. They bound what is sent twice after a crash;
// the server would store it once all the same. So they may be lost or torn: half an id is nobody's.

/** Notes items of a segment that are answered. */
export function markAnswered(folder: string, segmentId: string, items: OutboxItem[]): void {
  const text = items.map(({ id }) => `${id}\n`).join('')
  try {
    appendFileSync(join(folder, answeredFile(segmentId)), text, { mode: 0o600 })
  } catch {
    // A full disk must not end the keeping of new events over what is of use after a crash only.
  }
}

/** The ids that are noted. */
export function readAnswered(folder: string, segmentId: string): Set<string> {
  let text = ''
  try {
    text = readFileSync(join(folder, answeredFile(segmentId)), 'latin1')
  } catch {
    // Nothing is noted, or it cannot be read.
  }
  return new Set(text.split('\n').filter((id) => id !== ''))
}

/** Forgets what is noted of a segment, which is deleted. */
export function forgetAnswered(folder: string, segmentId: string): void {
  rmSync(join(folder, answeredFile(segmentId)), { force: true })
}
