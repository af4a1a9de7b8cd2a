import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { forgetAnswered } from './answered-marks'
import { createDeadOwners } from './dead-owners'
import { listSpool, lockFile, segmentFile } from './file-names'
import { renameIfThere } from './held-segments'

/**
 * Looks into a folder, and makes what dead owners have left the given owner's. Each call is one look, and gives back the ids of the
 * segments that it got.
 *
 * @param onForeign - Told of each file that is not the spool's.
 */
export function createTakeOver(
  folder: string,
  onForeign: (path: string) => void,
): (owner: string) => string[] {
  const deadOwners = createDeadOwners(folder)
  return (owner) => {
    const { segments, answered, locks, foreign } = listSpool(folder)
    const others = new Set([...locks, ...segments.map((segment) => segment.owner)])
    others.delete(owner)
    const taken: string[] = []
    for (const other of others) {
      if (!deadOwners.isDead(other)) continue
      for (const segment of segments.filter((one) => one.owner === other)) {
        const mine = join(folder, segmentFile({ id: segment.id, owner }))
        if (renameIfThere(join(folder, segmentFile(segment)), mine)) taken.push(segment.id)
      }
      rmSync(join(folder, lockFile(other)), { force: true })
    }
    const there = new Set(segments.map(({ id }) => id))
    for (const id of answered) if (!there.has(id)) forgetAnswered(folder, id)
    for (const name of foreign) onForeign(join(folder, name))
    return taken
  }
}
