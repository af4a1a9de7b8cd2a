import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { lockFile } from './file-names'
import { isMissing } from './is-missing'
import { isGone, parseIdentity, thisProcess } from './process-identity'

/** Looks without a beat after which an owner counts as dead. */
const MAX_SILENT_LOOKS = 6

/**
 * Finds out which owners have died. One whose process is known to have ended is dead at once. Of the others (another container
 * or host, a thread that was ended, a number that another process got after a restart) the lock is watched: it is touched at
 * each beat. What is compared are looks and no times: clocks differ and are set, and after the sleep of a whole machine the first to
 * wake would find the others silent for hours.
 */
export function createDeadOwners(folder: string): { isDead(owner: string): boolean } {
  const self = thisProcess()
  const seen = new Map<string, { beatAt: number; looks: number }>()

  function isDead(owner: string): boolean {
    const path = join(folder, lockFile(owner))
    let beatAt: number
    let text: string
    try {
      beatAt = statSync(path).mtimeMs
      text = readFileSync(path, 'utf8')
    } catch (error) {
      // Released, with something left; a lock is made before the first segment of its owner. One that cannot be read may be anyone's.
      return isMissing(error)
    }
    const identity = parseIdentity(text)
    if (identity && isGone(identity, self)) return true
    const known = seen.get(owner)
    const looks = known?.beatAt === beatAt ? known.looks + 1 : 0
    seen.set(owner, { beatAt, looks })
    return looks >= MAX_SILENT_LOOKS
  }

  return {
    isDead(owner) {
      const dead = isDead(owner)
      if (dead) seen.delete(owner)
      return dead
    },
  }
}
