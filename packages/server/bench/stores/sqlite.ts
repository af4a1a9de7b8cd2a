import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'libsql'
import type { Baseline } from '../baselines/rows'
import { runApart } from '../run-apart'
import type { Setup } from '../setup'
import { BASELINE_TIMEOUT, type Place, type Store } from './store'

export function sqliteStore({ folder }: Setup): Store {
  return {
    name: 'SQLite',
    async runBaseline({ events, warmUpEvents }) {
      const own = await mkdtemp(join(folder, 'baseline-'))
      const options = { database: join(own, 'baseline.db'), rows: events, warmUpRows: warmUpEvents }
      try {
        return await runApart<Baseline>('baselines/sqlite-process.ts', options, BASELINE_TIMEOUT)
      } finally {
        await rm(own, { recursive: true, force: true })
      }
    },
    async createPlace() {
      return sqlitePlace(await mkdtemp(join(folder, 'server-')))
    },
  }
}

/** A data folder of the server. */
export function sqlitePlace(folder: string): Place {
  return {
    database: { folder },
    countEvents() {
      const file = new Database(`file:${join(folder, 'arunika.db')}?mode=ro`)
      try {
        const { events } = file.prepare('select count(*) as events from events').get() as { events: number }
        return Promise.resolve(events)
      } finally {
        file.close()
      }
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
