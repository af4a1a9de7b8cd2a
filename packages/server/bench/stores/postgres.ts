import pg from 'pg'
import { startPostgres } from '../../../../scripts/postgres'
import type { Baseline } from '../baselines/rows'
import { runApart } from '../run-apart'
import { BASELINE_TIMEOUT, type Store } from './store'

/** A PostgreSQL of this benchmark's own, a database for each measurement; it ends with this process. */
export async function startPostgresStore(): Promise<{ store: Store; stop: () => Promise<void> }> {
  const postgres = await startPostgres()
  // The first thing that it does is to tell PostgreSQL to end, for which an exit leaves time enough.
  const end = () => void postgres.stop()
  process.prependOnceListener('exit', end)
  let databases = 0

  async function createDatabase(): Promise<{ url: string; remove: () => Promise<void> }> {
    const name = `bench_${++databases}`
    await query(postgres.url, `create database ${name}`)
    const remove = async () => {
      await query(postgres.url, `drop database ${name} with (force)`)
    }
    return { url: new URL(name, postgres.url).href, remove }
  }

  const store: Store = {
    name: 'PostgreSQL',
    async runBaseline({ events, warmUpEvents }) {
      const { url, remove } = await createDatabase()
      const options = { database: url, rows: events, warmUpRows: warmUpEvents }
      try {
        return await runApart<Baseline>('baselines/postgres-process.ts', options, BASELINE_TIMEOUT)
      } finally {
        await remove()
      }
    },
    async createPlace() {
      const { url, remove } = await createDatabase()
      const countEvents = async () => {
        const [row] = await query(url, 'select count(*) as events from events')
        return Number(row?.['events'])
      }
      return { database: { url }, countEvents, remove }
    },
  }
  return {
    store,
    async stop() {
      process.off('exit', end)
      await postgres.stop()
    },
  }
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows
  } finally {
    await client.end()
  }
}
