import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { isMissing } from './is-missing'

/**
 * Makes a folder and those above it, for this user alone: what people do is private. Node's own `recursive` says of a read-only
 * file system that nothing is there.
 */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, 0o700)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return
    if (!isMissing(error) || dirname(path) === path) throw error
    makeFolder(dirname(path))
    mkdirSync(path, 0o700)
  }
}
