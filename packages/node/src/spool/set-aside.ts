import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from './make-folder'

/** Where a spool puts what it cannot read, for a person to look at; in its own folder. */
const FOLDER = 'damaged'

/** Keeps damaged parts of a file of the spool, and says where. Done again it writes the same. */
export function copyAside(folder: string, name: string, parts: Buffer[]): string {
  const path = join(damagedFolder(folder), name)
  const lines = parts.flatMap((part) => [part, Buffer.from('\n')])
  writeFileSync(path, Buffer.concat(lines), { mode: 0o600 })
  return path
}

/** Moves a file that cannot be the spool's, whatever its name, and says where to. */
export function moveAside(folder: string, name: string): string {
  const path = join(damagedFolder(folder), name)
  renameSync(join(folder, name), path)
  return path
}

function damagedFolder(folder: string): string {
  const path = join(folder, FOLDER)
  makeFolder(path)
  return path
}
