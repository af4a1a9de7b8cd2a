import type { Reply } from '@arunika/core'

/** One POST of a batch. */
export interface BatchRequest {
  headers: Record<string, string>
  body: Buffer<ArrayBuffer>
  /** Ends the exchange early. */
  abort: AbortController
}

/** A reply, and what time it was where it came from. */
export type DatedReply = Reply & { date?: string | null | undefined }

/** Posts once. Never rejects: a failure of the network is a reply without a status. Redirects are not followed. */
export type Transport = (request: BatchRequest) => Promise<DatedReply>

/** What every transport is made from. */
export interface TransportOptions {
  url: string
  /** For the whole exchange, the answer's body included, in milliseconds. */
  timeoutMs: number
  /** Milliseconds since the epoch. */
  now: () => number
}
