import { createDelivery, type DeliveryOptions, type Rejection } from '../src/delivery'
import { DeliveryError } from '../src/errors/delivery-error'
import type { StorageError } from '../src/errors/storage-error'
import { createOutbox } from '../src/outbox'
import type { OutboxItem, OutboxStorage } from '../src/outbox-item'
import type { Outcome, Refusal } from '../src/outcome'
import { FakeClock, microtasks } from './fake-clock'
import { itemOf } from './item'

/** A request that waits for the test to say what became of it. */
export interface SentRequest {
  ids: string[]
  keepalive: boolean
  /** Ends the request, and resolves when the delivery has dealt with it. */
  reply(outcome: Outcome): Promise<void>
  break(cause: Error): Promise<void>
}

/** What a test may choose. */
export interface HarnessOptions extends Partial<DeliveryOptions> {
  storage?: OutboxStorage
}

/** A delivery whose clock and network the test holds in its hands. `ready` is resolved before the first step. */
export function harness({ storage, ...options }: HarnessOptions = {}) {
  const clock = new FakeClock()
  const requests: SentRequest[] = []
  const delivered: string[] = []
  const rejected: string[] = []
  const errors: DeliveryError[] = []
  const storageErrors: StorageError[] = []

  const outbox = createOutbox({
    storage,
    maxItems: 10_000,
    maxBytes: 8_388_608,
    onStorageError: (error) => storageErrors.push(error),
  })
  const delivery = createDelivery({
    outbox,
    send: (items, { keepalive }) =>
      new Promise((resolve, reject) => {
        const ids = idsOf(items)
        requests.push({
          ids,
          keepalive,
          reply: async (outcome) => (resolve(outcome), microtasks()),
          break: async (cause) => (reject(cause), microtasks()),
        })
      }),
    limits: { maxEvents: 1_000, maxBytes: 1_048_576 },
    envelopeBytes: 100,
    flushAt: 10,
    flushIntervalMs: 5_000,
    clock,
    random: () => 0.5,
    onAnswered(items, rejections) {
      delivered.push(...idsOf(items))
      rejected.push(...rejections.map(describeRejection))
    },
    onError: (error) => errors.push(error),
    ...options,
  })

  /** Takes items as a client does: each is added, then the delivery is woken. */
  function take(...items: (string | OutboxItem)[]): void {
    for (const item of items) {
      outbox.add(typeof item === 'string' ? itemOf(item, { takenAt: clock.now() }) : item)
      delivery.wake()
    }
  }

  /** The last request. */
  function last(): SentRequest {
    const request = requests.at(-1)
    if (request === undefined) throw new Error('nothing was sent')
    return request
  }

  return { clock, outbox, delivery, requests, delivered, rejected, errors, storageErrors, take, last }
}

export const answered = (refusals: Refusal[] = []): Outcome => ({ verdict: 'answered', refusals })
export const tooLarge: Outcome = { verdict: 'split', code: 'body_too_large', detail: 'too large' }
export const refused: Outcome = { verdict: 'refused', code: 'invalid_batch', detail: 'malformed' }

export function failed(retryAfterMs: number | null = null): Outcome {
  return {
    verdict: 'retry',
    retryAfterMs,
    error: new DeliveryError('server_failed', 'down', { status: 503 }),
  }
}

/** Ids from `prefix1` to `prefixN`. */
export function ids(count: number, prefix = 'e'): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`)
}

function idsOf(items: OutboxItem[]): string[] {
  return items.map(({ id }) => id)
}

function describeRejection({ item, code }: Rejection): string {
  return `${item.id}: ${code}`
}
