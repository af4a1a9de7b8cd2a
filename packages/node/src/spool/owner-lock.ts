import { rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createUuidV7 } from '@arunika/protocol'
import { isMissing } from './is-missing'
import { lockFile } from './file-names'
import { makeFolder } from './make-folder'
import { thisProcess } from './process-identity'

/** The sign that the owner of some segments lives. */
export interface OwnerLock {
  /** An id that no other owner ever had. */
  readonly owner: string
  /** Shows that the owner lives; `false` means that others have found it dead, or the folder was deleted. */
  beat(): boolean
  release(): void
}

const newOwner = createUuidV7()

/** Makes an owner, and the folder where there is none. */
export function takeLock(folder: string): OwnerLock {
  const owner = newOwner()
  const path = join(folder, lockFile(owner))
  write(3)
  return {
    owner,
    beat() {
      const now = new Date()
      try {
        utimesSync(path, now, now)
        return true
      } catch (error) {
        if (isMissing(error)) return false
        throw error
      }
    },
    release: () => rmSync(path, { force: true }),
  }

  function write(tries: number): void {
    try {
      makeFolder(folder)
      writeFileSync(path, JSON.stringify(thisProcess()), { flag: 'wx', mode: 0o600 })
    } catch (error) {
      // A client that closes removes the folder when it is empty.
      if (!isMissing(error) || tries === 1) throw error
      write(tries - 1)
    }
  }
}
