import type { KnownApps } from './admin/known-apps'
import type { SuspiciousCalls } from './admin/suspicious-calls'
import type { Metrics } from './http/metrics'
import type { LimitApp } from './http/rate-limits'
import type { LiveSignal } from './live/live-signal'
import type { Db } from './store/open-database'
import type { Writer } from './store/writer'

/** What the routes work with. */
export interface Services {
  /** For reading: whatever is written goes through the writer. */
  db: Db
  writer: Writer
  apps: KnownApps
  live: LiveSignal
  suspicious: SuspiciousCalls
  metrics: Metrics
  limitApp: LimitApp
  /** Milliseconds since the epoch. */
  now: () => number
}
