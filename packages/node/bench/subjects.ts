/** An SDK under the benchmark, with the settings that it is measured with. */
export interface Subject {
  /** As it is shown. */
  name: string
  /** The file below `subjects/` that drives it. */
  driver: string
  /** The npm package of a peer; ours is in the workspace. */
  peer?: string
  settings: object
  /** Whether it keeps events in a folder, which is made for it. */
  isSpooled?: boolean
  /**
   * Whether the app gathers the events and hands them over as a list, without ids, a queue, timers or retries: like the raw loop
   * it is no peer in speed. Its cost is compared all the same.
   */
  isGathered?: boolean
}

export const OURS: Subject = { name: 'arunika', driver: 'arunika', settings: {} }

export const SPOOLED: Subject = { name: 'arunika, spool', driver: 'arunika', settings: {}, isSpooled: true }

/** The limit: what Node can do where nothing is checked, kept, signed or repeated. */
export const RAW: Subject = { name: 'raw loop', driver: 'raw', settings: {} }

export const POSTHOG = 'posthog-node'

/**
 * Each by its defaults, and by the settings that were found to be the fastest for this load within what its service takes in
 * a request. Mixpanel has no queue: its best is `track_batch`, a thousand events at a time.
 */
export const PEERS: Subject[] = [
  ...both('posthog', POSTHOG, { maxQueueSize: 100_000, flushAt: 5_000, maxBatchSize: 5_000 }),
  ...both('segment', '@segment/analytics-node', { flushAt: 1_000 }),
  ...both('amplitude', '@amplitude/analytics-node', { flushQueueSize: 1_000 }),
  ...both('mixpanel', 'mixpanel', { gather: 1_000 }, { isGathered: true }),
  ...both('rudder', '@rudderstack/rudder-sdk-node', {
    flushAt: 100,
    maxInternalQueueSize: 100_000,
    gzip: false,
  }),
]

function both(driver: string, peer: string, best: object, more: Partial<Subject> = {}): Subject[] {
  return [
    { name: driver, driver, peer, settings: {} },
    { name: `${driver}, best`, driver, peer, settings: best, ...more },
  ]
}
