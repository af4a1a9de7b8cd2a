import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { runApart } from '../run-apart'
import { uuid } from '../sample-events'
import { startServer } from '../server-process'
import type { Setup } from '../setup'
import { sqlitePlace } from '../stores/sqlite'
import type { Place } from '../stores/store'
import { MAX_COPIES } from './copies'
import type { FillOptions } from './fill-process'
import { sendLife } from './sample-life'

/** People whom the server stores itself; the others are copies of them. */
const SAMPLE_PEOPLE = 100
/** Building it may take this long. */
const FILL_MS = 600_000

/** A store with many people in it, as if a server had stored them all. */
export interface LargeStore {
  place: Place
  people: number
  events: number
  /** User ids of which there is one copy each, by `copyOfId`. */
  userIds: string[]
  copies: number
}

/** Has a server make its tables and store a few people, and multiplies those in its file. */
export async function buildStore({ folder }: Setup, people: number): Promise<LargeStore> {
  const data = await mkdtemp(join(folder, 'large-'))
  const userIds = Array.from({ length: SAMPLE_PEOPLE }, () => `user-${uuid()}`)
  const server = await startServer({ folder: data })
  const { appId, apiKey } = server
  try {
    for (const userId of userIds) await sendLife(server, userId)
  } finally {
    await server.stop()
  }
  const copies = Math.min(Math.ceil(people / SAMPLE_PEOPLE), MAX_COPIES)
  const options: FillOptions = { database: join(data, 'arunika.db'), copies }
  const { events } = await runApart<{ events: number }>('large/fill-process.ts', options, {
    timeoutMs: FILL_MS,
  })
  const place = { ...sqlitePlace(data), app: { appId, apiKey } }
  return { place, people: copies * SAMPLE_PEOPLE, events, userIds, copies }
}
