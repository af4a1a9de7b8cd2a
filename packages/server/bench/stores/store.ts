import type { Baseline } from '../baselines/rows'
import type { Effort } from '../setup'
import type { Database } from '../server-process'

/** A kind of database. */
export interface Store {
  name: string
  /** What it can by itself, on a place of its own. */
  runBaseline: (effort: Effort) => Promise<Baseline>
  /** An empty place for a server. */
  createPlace: () => Promise<Place>
}

/** Where one server keeps its events. */
export interface Place {
  database: Database
  /** The app that is there already; else one is made. */
  app?: { appId: string; apiKey: string }
  /** Events that are stored there, as another than the server counts them; the server has made its tables. */
  countEvents: () => Promise<number>
  remove: () => Promise<void>
}

/** A baseline that has not ended by then has hung. */
export const BASELINE_TIMEOUT = { timeoutMs: 120_000 }
