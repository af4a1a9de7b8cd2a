import { runApart } from '../run-apart'

/** What is being sent to. */
export interface Target {
  url: string
  appId: string
  apiKey: string
}

/** What is sent, and how. */
export interface LoadOptions {
  target: Target
  /** `pages`: what anonymous visitors do. `claims`: every third event says who somebody is. */
  mix: 'pages' | 'claims'
  batchEvents: number
  /** Events that are timed. */
  events: number
  /** Events before those. */
  warmUpEvents: number
  connections: number
  /** Open loop at this rate; without it every connection is kept busy. */
  requestsPerSecond?: number
  /** Whom the claims are about. @defaultValue new people, a tenth as many as events */
  userIds?: string[]
}

/** What came of it. */
export interface Load {
  /** Events. */
  perSecond: number
  p50Ms: number
  p99Ms: number
  /** Events, those of the warm-up among them. */
  sent: number
  /** By the server's answers. */
  accepted: number
  /** Of one core, that the senders took. */
  senderShare: number
  /** Answers that were none. */
  problems: string[]
}

/** A load that has not ended by then has hung. */
const TIMEOUT_MS = 180_000

export function runLoad(options: LoadOptions): Promise<Load> {
  return runApart('load/load-process.ts', options, { timeoutMs: TIMEOUT_MS })
}
