import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TargetStarter } from '../target'
import { serverTarget } from './server-target'

/** The real server on an SQLite file. */
export const sqliteServer: TargetStarter = {
  name: 'the server on SQLite',
  async start(now) {
    const folder = await mkdtemp(join(tmpdir(), 'arunika-contract-'))
    return serverTarget(join(folder, 'arunika.sqlite'), now, () => rm(folder, { recursive: true }))
  },
}
