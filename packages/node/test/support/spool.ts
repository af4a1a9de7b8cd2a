import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OutboxItem, StorageError } from '@arunika/core'
import { createUuidV7 } from '@arunika/protocol'
import { onTestFinished } from 'vitest'
import { createSpool, type SpoolSettings } from '../../src/spool/spool'
import { thisProcess } from '../../src/spool/process-identity'

const newId = createUuidV7()

/** An item as the SDK makes them. */
export function item(text = ''): OutboxItem {
  const id = newId()
  const json = JSON.stringify({ eventId: id, timestamp: 'now', eventType: 'login', description: text })
  return { id, group: '/api/webhooks', json, bytes: Buffer.byteLength(json), takenAt: 1_800_000_000_000 }
}

/** A folder that goes with the test. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'arunika-spool-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A spool over a folder, and what it tells. */
export function openSpool(folder: string, settings: Partial<SpoolSettings> = {}) {
  const errors: StorageError[] = []
  const calls = { takenOver: 0, lost: 0 }
  const spool = createSpool({
    folder,
    fsync: false,
    onError: (error) => errors.push(error),
    onTakenOver: () => calls.takenOver++,
    onLost: () => calls.lost++,
    ...settings,
  })
  onTestFinished(() => spool.close())
  return { spool, errors, calls }
}

/** Everything that a spool has not read of earlier lives. */
export async function readAll({ load }: { load: ReturnType<typeof createSpool>['load'] }) {
  const items: OutboxItem[] = []
  const backlog = await load()
  for (let found = await backlog.next(); found.length > 0; found = await backlog.next()) {
    items.push(...(found as OutboxItem[]))
  }
  return items
}

/** A process that has ended. */
const { pid } = spawnSync('true')

/** Makes the owners of all locks in a folder dead: as after a SIGKILL, their process is no more. */
export function killOwners(folder: string): void {
  for (const name of filesOf(folder, '.lock')) {
    writeFileSync(join(folder, name), JSON.stringify({ ...thisProcess(), pid }))
  }
}

export function filesOf(folder: string, ending = ''): string[] {
  return readdirSync(folder).filter((name) => name.endsWith(ending))
}
