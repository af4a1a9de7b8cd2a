import { startServer } from './server-process'
import type { Place, Store } from './stores/store'
import { runLoad, type Load, type LoadOptions } from './load/load'

/** What one run of one server was. */
export interface Ingest extends Load {
  peakMemoryMb: number
}

/** What is sent, whoever takes it. */
export type IngestOptions = Omit<LoadOptions, 'target' | 'connections'>

/** How many connections a load keeps busy: enough that the server never waits for one, few enough that memory is not theirs. */
const CONNECTIONS: Record<number, number> = { 10: 64, 100: 16, 1_000: 8 }

/**
 * Starts a server on a place, sends it a load, and stops it.
 *
 * @throws Error where an event that was sent is not accepted, or one that was accepted is not in the database.
 */
export async function ingest({ database, countEvents, app }: Place, options: IngestOptions): Promise<Ingest> {
  const server = await startServer(database, app)
  let load: Load
  let peakMemoryMb: number
  let before: number
  try {
    before = await countEvents()
    const { url, appId, apiKey } = server
    const connections = CONNECTIONS[options.batchEvents] ?? 16
    load = await runLoad({ ...options, connections, target: { url, appId, apiKey } })
    peakMemoryMb = await server.peakMemoryMb()
  } finally {
    await server.stop()
  }
  const stored = (await countEvents()) - before
  const { sent, accepted, problems } = load
  if (accepted !== sent || stored !== sent) {
    throw new Error(
      `Of ${sent} events ${accepted} were accepted and ${stored} stored: ${problems.join('; ')}`,
    )
  }
  return { ...load, peakMemoryMb }
}

/** A load on a new server with an empty place. */
export async function ingestOnce(store: Store, options: IngestOptions): Promise<Ingest> {
  const place = await store.createPlace()
  try {
    return await ingest(place, options)
  } finally {
    await place.remove()
  }
}
