import { closeSync, fdatasyncSync, fsyncSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** Writes some of the bytes from an offset on, and gives back how many. */
export type Write = (file: number, bytes: Uint8Array, offset: number) => number

/** A segment that grows. */
export interface SegmentWriter {
  /** Its length in bytes. */
  readonly size: number
  /**
   * Appends text, all of it or, where that fails, nothing. When it returns the operating system has the bytes, which are safe
   * from the end of the process; with `fsync` the disk has them, which are safe from a loss of power.
   *
   * @throws What the file system says: the disk is full, or gone.
   */
  append(text: string): void
  close(): void
}

/** Makes the file of a segment; none of this name may exist. */
export function createSegmentWriter(path: string, fsync: boolean, write: Write = writeSync): SegmentWriter {
  const file = openSync(path, 'ax', 0o600)
  if (fsync) syncFolder(dirname(path))
  let size = 0
  return {
    get size() {
      return size
    },
    append(text) {
      const bytes = Buffer.from(text)
      try {
        for (let written = 0; written < bytes.length;) written += write(file, bytes, written)
        if (fsync) fdatasyncSync(file)
        size += bytes.length
      } catch (error) {
        takeBack()
        throw error
      }
    },
    close: () => closeSync(file),
  }

  /** Half a record would be told of as damaged by whoever reads the segment. */
  function takeBack(): void {
    try {
      ftruncateSync(file, size)
    } catch {
      // Then it is told of, and costs nothing else.
    }
  }
}

/** Makes the name of a new file durable; what cannot be opened (a folder, on Windows) needs none of it. */
function syncFolder(path: string): void {
  let folder
  try {
    folder = openSync(path, 'r')
  } catch {
    return
  }
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
