import { checkFunction, checkOptions } from './check-options'
import type { IdempotencyStore } from './idempotency-store'
import { memoryIdempotency } from './memory-idempotency'
import { checkProvider, type Provider } from './provider'

/** The options of {@link createReceiver}. */
export interface ReceiverOptions {
  /** Whose webhooks to take: a preset or a builder of `@arunika/receiver/providers`. */
  provider: Provider
  /**
   * Remembers which deliveries were handled.
   *
   * @defaultValue {@link memoryIdempotency}: 10,000 deliveries for a day, in this process
   */
  idempotency?: IdempotencyStore
  /**
   * The largest body that is taken, in bytes. Reading stops there.
   *
   * @defaultValue 1,048,576
   */
  maxBodyBytes?: number
  /**
   * Told of whatever is answered with an error status: what a handler or the store threw, a
   * {@link WebhookVerificationError}, a {@link WebhookPayloadError}. Where it fails itself, the answer stays the same, and
   * its failure goes to `console.error`.
   *
   * @defaultValue `console.error` for faults of this side; refused requests, which anybody can send, are not reported
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
export interface ResolvedReceiverOptions extends Required<ReceiverOptions> {
  /** Never throws, and leaves no rejection behind. */
  onError: (error: unknown) => void
}

const DEFAULT_MAX_BODY_BYTES = 1_048_576

/** @throws TypeError where an option is missing, wrong or unknown, with what to pass instead. */
export function resolveReceiverOptions(options: ReceiverOptions): ResolvedReceiverOptions {
  checkOptions('createReceiver', options, {
    provider: true,
    idempotency: true,
    maxBodyBytes: true,
    onError: true,
    now: true,
  })
  const { provider, now = Date.now, maxBodyBytes = DEFAULT_MAX_BODY_BYTES, onError = reportFault } = options
  checkProvider('createReceiver', provider)
  checkFunction('createReceiver: now', now, 'that gives milliseconds since the epoch')
  checkFunction('createReceiver: onError', onError, 'that takes an error')
  const { idempotency = memoryIdempotency({ now }) } = options
  if (!(typeof maxBodyBytes === 'number' && maxBodyBytes > 0))
    throw new TypeError('createReceiver: maxBodyBytes must be a number of bytes above 0.')
  if (typeof (idempotency as Partial<IdempotencyStore> | null)?.claim !== 'function') {
    throw new TypeError(
      'createReceiver: idempotency must be a store with `claim`, such as memoryIdempotency().',
    )
  }
  return { provider, now, maxBodyBytes, onError: contained(onError), idempotency }
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
  const status = error instanceof Error && 'status' in error ? error.status : 500
  if (typeof status !== 'number' || status >= 500) console.error('A webhook was not handled:', error)
}
