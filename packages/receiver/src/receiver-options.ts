import { checkFunction, checkOptions, checkText } from './check-options'
import { WebhookPayloadError } from './errors/webhook-payload-error'
import { WebhookVerificationError } from './errors/webhook-verification-error'
import type { IdempotencyStore } from './idempotency-store'
import type { WaitUntil } from './incoming-webhook'
import { memoryIdempotency } from './memory-idempotency'
import { checkProvider, type Provider } from './provider'
import { isStandardSchema, type EventSchemas, type StandardSchema } from './standard-schema'

/** The options of {@link createReceiver}. */
export interface ReceiverOptions<Events extends object = Record<string, unknown>> {
  /** Whose webhooks to take: a preset or a builder of `@arunika/receiver/providers`. */
  provider: Provider
  /**
   * The name of this endpoint, where others of the same provider share its store: without one, an event that the provider sends
   * to both is handled by one alone.
   *
   * @defaultValue none
   */
  endpoint?: string
  /**
   * What checks the data of an event, by its type: any Standard Schema, such as one of zod, valibot or arktype. Handlers
   * get what it gives; what it refuses is answered with 422.
   *
   * @defaultValue none: the data is the sender's word
   */
  schemas?: { readonly [Type in keyof Events & string]?: StandardSchema<Events[Type]> }
  /**
   * Remembers which deliveries were handled.
   *
   * @defaultValue {@link memoryIdempotency}: 10,000 deliveries for a day, in this process
   */
  idempotency?: IdempotencyStore
  /**
   * Answers 202 at once and runs the handlers after it, for work that takes longer than the sender waits. The sender does
   * not try again then: a handler that fails is told to `onError` alone. Needs a durable `idempotency`, which keeps what
   * was not done, or `waitUntil`.
   *
   * @defaultValue false: the answer tells whether the event was handled
   */
  ackFirst?: boolean
  /**
   * Keeps the host alive until the handlers are done, where it would end with the answer: `waitUntil` of
   * `cloudflare:workers` or `@vercel/functions`. Used with `ackFirst`.
   */
  waitUntil?: WaitUntil
  /**
   * The largest body that is taken, in bytes. Reading stops there.
   *
   * @defaultValue 1,048,576
   */
  maxBodyBytes?: number
  /**
   * Told of whatever is answered with an error status: what a handler or the store threw, and every
   * {@link WebhookError}. Where it fails itself, the answer stays the same, and its failure goes to `console.error`.
   *
   * @defaultValue `console.error` for faults of this side, and for events that were signed but clash with a schema or with
   * another event; refused requests, which anybody can send, are not reported
   */
  onError?: (error: unknown) => unknown
  /**
   * The clock, in milliseconds since the epoch.
   *
   * @defaultValue `Date.now`
   */
  now?: () => number
}

/** The options with their defaults. */
export interface ResolvedReceiverOptions {
  provider: Provider
  endpoint: string | undefined
  schemas: EventSchemas
  idempotency: IdempotencyStore
  ackFirst: boolean
  waitUntil: WaitUntil | undefined
  maxBodyBytes: number
  /** Never throws, and leaves no rejection behind. */
  onError: (error: unknown) => void
  now: () => number
}

const DEFAULT_MAX_BODY_BYTES = 1_048_576

/** @throws TypeError where an option is missing, wrong or unknown, with what to pass instead. */
export function resolveReceiverOptions(options: ReceiverOptions): ResolvedReceiverOptions {
  checkOptions('createReceiver', options, {
    provider: true,
    endpoint: true,
    schemas: true,
    idempotency: true,
    ackFirst: true,
    waitUntil: true,
    maxBodyBytes: true,
    onError: true,
    now: true,
  })
  const { provider, now = Date.now, maxBodyBytes = DEFAULT_MAX_BODY_BYTES, onError = reportFault } = options
  checkProvider('createReceiver', provider)
  checkFunction('createReceiver: now', now, 'that gives milliseconds since the epoch')
  checkFunction('createReceiver: onError', onError, 'that takes an error')
  const {
    endpoint,
    schemas = {},
    idempotency = memoryIdempotency({ now }),
    ackFirst = false,
    waitUntil,
  } = options
  if (endpoint !== undefined) checkText('createReceiver: endpoint', endpoint, "the endpoint's name")
  if (!(typeof maxBodyBytes === 'number' && maxBodyBytes > 0))
    throw new TypeError('createReceiver: maxBodyBytes must be a number of bytes above 0.')
  if (typeof (idempotency as Partial<IdempotencyStore> | null)?.claim !== 'function') {
    throw new TypeError(
      'createReceiver: idempotency must be a store with `claim`, such as memoryIdempotency().',
    )
  }
  checkSchemas(schemas)
  if (typeof ackFirst !== 'boolean') throw new TypeError('createReceiver: ackFirst must be true or false.')
  if (waitUntil !== undefined) checkFunction('createReceiver: waitUntil', waitUntil, 'that takes a promise')
  if (ackFirst && idempotency.durable !== true && waitUntil === undefined) {
    throw new TypeError(
      'createReceiver: ackFirst loses what a process had not done when it ended. Give an idempotency store that is ' +
        "durable, such as sqlIdempotency(…) or redisIdempotency(…), or the host's waitUntil.",
    )
  }
  return {
    provider,
    endpoint,
    schemas: schemas as EventSchemas,
    idempotency,
    ackFirst,
    waitUntil,
    maxBodyBytes,
    onError: contained(onError),
    now,
  }
}

function checkSchemas(schemas: unknown): void {
  if (typeof schemas !== 'object' || schemas === null) {
    throw new TypeError('createReceiver: schemas must be an object with a schema for each type.')
  }
  for (const [type, schema] of Object.entries(schemas)) {
    if (isStandardSchema(schema)) continue
    throw new TypeError(
      `createReceiver: schemas['${type}'] must be a Standard Schema, such as one of zod, valibot or arktype.`,
    )
  }
}

/** A host's listener must not decide an answer that it is only told of, nor end the process by a rejection. */
function contained(onError: (error: unknown) => unknown): (error: unknown) => void {
  return (error) => {
    new Promise((resolve) => {
      resolve(onError(error))
    }).catch((fault: unknown) => {
      console.error('The onError of a webhook receiver failed:', fault)
    })
  }
}

function reportFault(error: unknown): void {
  const isRefusal =
    (error instanceof WebhookVerificationError && error.status < 500) || error instanceof WebhookPayloadError
  if (!isRefusal) console.error('A webhook was not handled:', error)
}
