import { rmdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { StorageError, type OutboxItem, type OutboxStorage } from '@arunika/core'
import { atOnce } from './at-once'
import { segmentFile } from './file-names'
import { createHeldSegments, renameIfThere } from './held-segments'
import { isMissing } from './is-missing'
import { takeLock, type OwnerLock } from './owner-lock'
import type { Write } from './segment-writer'
import { createTakeOver } from './take-over'
import { createUnreadSegments } from './unread-segments'

/** Between two beats of a lock, which are also looks for owners that have died. In milliseconds. */
const LOOK_MS = 5_000

/** What {@link createSpool} is made from. */
export interface SpoolSettings {
  /** The folder of one app. It is made where there is none. */
  folder: string
  /** Whether each tick waits for the disk. */
  fsync: boolean
  /** Something cannot be read, or looked after; the spool goes on. */
  onError: (error: StorageError) => void
  /** Others have died, and what they left is now this spool's backlog. */
  onTakenOver: () => void
  /** Files are gone: the outbox has to put again what is in memory. */
  onLost: () => void
  /** @defaultValue 5000 */
  lookMs?: number | undefined
  /** In tests, a disk that fails. */
  write?: Write | undefined
}

/** An outbox's storage in a folder, which several processes may share. */
export interface Spool extends OutboxStorage {
  /** Whether the item will be there for the next life. */
  keeps(item: OutboxItem): boolean
  /** Lets others have what is left, and leaves nothing else behind. */
  close(): void
}

/**
 * Makes a spool. All of its work is done before a call returns, though the seam is of promises: an item is in a file at the end of the
 * tick that put it.
 */
export function createSpool(settings: SpoolSettings): Spool {
  const { fsync, onError, onTakenOver, onLost, lookMs = LOOK_MS, write } = settings
  // The app may change its working folder.
  const folder = resolve(settings.folder)
  const takeOverAs = createTakeOver(folder, (path) => {
    tellOnce(`${path} is no part of the spool, and stays as it is`)
  })
  const told = new Set<string>()
  let lock: OwnerLock | undefined
  let lastBeatAt = 0
  let timer: NodeJS.Timeout | undefined
  let isClosed = false
  const owner = () => lock?.owner ?? ''
  const held = createHeldSegments({ folder, owner, fsync, write })
  const unread = createUnreadSegments({ folder, owner, held, onUnreadable: tell })

  function tell(message: string, cause?: unknown): void {
    // Later, so that listeners are there who come in the tick that made the client.
    queueMicrotask(() => onError(new StorageError(message, { cause })))
  }

  function tellOnce(message: string, cause?: unknown): void {
    if (!told.has(message)) tell(message, cause)
    told.add(message)
  }

  /** Shows that this owner lives; where others have found it dead (it was stopped for long), it goes on as a new one. */
  function beat(): void {
    const isMine = lock?.beat() ?? false
    lastBeatAt = performance.now()
    if (isMine) return
    const before = owner()
    lock = takeLock(folder)
    if (before === '') return
    const after = owner()
    const stillMine = unread.takeAll().filter((id) => renameIfThere(pathOf(id, before), pathOf(id, after)))
    unread.add(stillMine)
    if (!held.rename(before, after)) onLost()
  }

  function pathOf(id: string, of: string): string {
    return join(folder, segmentFile({ id, owner: of }))
  }

  /** Gives back whether dead owners had left anything. */
  function takeOver(): boolean {
    const taken = takeOverAs(owner())
    unread.add(taken)
    return taken.length > 0
  }

  function look(): void {
    try {
      beat()
      if (takeOver()) onTakenOver()
    } catch (cause) {
      tellOnce('The folder of the spool cannot be looked after', cause)
    }
  }

  return {
    keeps: ({ place }) => place !== undefined && held.has(place),
    load: () =>
      atOnce(() => {
        if (lock === undefined) {
          beat()
          takeOver()
          timer = setInterval(look, lookMs).unref()
        }
        return unread
      }),
    put: (items) =>
      atOnce(() => {
        // After a long stop others may have what this owner would append to.
        if (performance.now() - lastBeatAt > 2 * lookMs) beat()
        try {
          held.put(items)
        } catch (error) {
          // Somebody has deleted the folder, for which alone a new file cannot be made.
          if (!isMissing(error)) throw error
          beat()
          held.put(items)
        }
      }),
    remove: (items) =>
      atOnce(() => {
        // After the end nobody is told of an answer, so that the next life shall get it again.
        if (!isClosed) held.remove(items)
      }),
    clear: () =>
      atOnce(() => {
        for (const id of unread.takeAll()) held.hold(id, 0)
        held.clear()
      }),
    close() {
      isClosed = true
      clearInterval(timer)
      held.close()
      lock?.release()
      // Where nothing is left.
      for (const path of [join(folder, 'damaged'), folder]) {
        try {
          rmdirSync(path)
        } catch {
          // Something is, or another process is there.
        }
      }
    },
  }
}
