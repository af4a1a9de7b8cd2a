import { tracingChannel } from 'node:diagnostics_channel'
import { promisify } from 'node:util'
import { gzip, type ZlibOptions } from 'node:zlib'
import { batchBody, batchOutcome, type Clock, type Outcome, type OutboxItem } from '@arunika/core'
import { formatTimestamp, ROUTES, utf8Length, type ErrorCode } from '@arunika/protocol'
import { credentialsRefused } from './credentials-refused'
import type { ResolvedOptions } from './resolve-options'
import { signedHeaders } from './signed-headers'
import { createSigningClock } from './signing-clock'
import { createFetchTransport } from './transport/fetch-transport'
import { createHttpTransport } from './transport/http-transport'

/** The bytes of a body around its events. */
export const ENVELOPE_BYTES = utf8Length(batchBody({ sentAt: formatTimestamp(0) }, []))

/** A smaller body is not worth it: compressed it arrives later, unless the network has less than some 200 Mbit/s. */
const GZIP_BYTES = 4_096
/** The fastest: what events repeat it finds as well as the others. */
const GZIP_LEVEL = 1

/** A server's word that it is not the clock that is wrong, whatever its `Date` says: a proxy may have written that. */
const NOT_THE_CLOCK: string[] = [
  'invalid_credentials',
  'signature_required',
  'invalid_signature',
] satisfies ErrorCode[]

const compress = promisify<Buffer<ArrayBuffer>, ZlibOptions, Buffer<ArrayBuffer>>(gzip)

/** What the subscribers of `tracing:arunika:request:…` get. */
export interface RequestTrace {
  url: string
  /** How many events it carries. */
  events: number
  /** Bytes of the body as it is sent. */
  bytes: number
  /** Of the answer: set when it has come, `null` where none came. */
  status?: number | null
}

const requests = tracingChannel<RequestTrace>('arunika:request')

/** Posts batches, each signed over the bytes that are sent, with the time of this very try. */
export interface SignedSender {
  /** Never rejects. */
  send(items: OutboxItem[]): Promise<Outcome>
  /** Ends the requests that are under way, so that no hanging server keeps the process alive. */
  stop(): void
}

/** Makes the sender of one client. */
export function createSignedSender(
  options: ResolvedOptions,
  clock: Clock,
  signingClock = createSigningClock(),
): SignedSender {
  const { endpoint, requestTimeoutMs, fetch } = options
  const url = endpoint + ROUTES.serverEvents
  const exchange = { url, timeoutMs: requestTimeoutMs, now: () => clock.now() }
  const transport = fetch ? createFetchTransport(exchange, fetch) : createHttpTransport(exchange)
  const underWay = new Set<AbortController>()

  async function bodyOf(items: OutboxItem[]) {
    const json = Buffer.from(batchBody({ sentAt: formatTimestamp(clock.now()) }, items))
    if (!options.gzip || json.length < GZIP_BYTES) return { body: json, encoding: {} }
    return { body: await compress(json, { level: GZIP_LEVEL }), encoding: { 'content-encoding': 'gzip' } }
  }

  async function post(items: OutboxItem[], abort: AbortController): Promise<Outcome> {
    const { body, encoding } = await bodyOf(items)
    const usedMs = signingClock.behindMs
    const headers = { ...signedHeaders(options, body, signingClock.now()), ...encoding }
    const trace: RequestTrace = { url, events: items.length, bytes: body.length }
    const { date, ...reply } = await requests.tracePromise(async () => {
      const answer = await transport({ headers, body, abort })
      trace.status = answer.status
      return answer
    }, trace)
    const outcome = batchOutcome(reply, items)
    if (outcome.verdict !== 'refused' || (reply.status !== 401 && reply.status !== 403)) return outcome
    const isClock = reply.status === 401 && !NOT_THE_CLOCK.includes(outcome.code)
    const behindMs = isClock ? signingClock.correct(date, usedMs) : null
    return credentialsRefused({ ...outcome, status: reply.status, behindMs })
  }

  return {
    async send(items) {
      const abort = new AbortController()
      underWay.add(abort)
      try {
        return await post(items, abort)
      } finally {
        underWay.delete(abort)
      }
    },
    stop() {
      for (const abort of underWay) abort.abort()
    },
  }
}
