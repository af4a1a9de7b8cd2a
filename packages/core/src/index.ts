export { batchBody, batchOutcome } from './batch-body'
export {
  checkEndpoint,
  checkInteger,
  checkObject,
  checkOptionalObject,
  checkOptionalText,
  checkText,
  MAX_TIMER_MS,
  readFields,
} from './check-argument'
export {
  refuseUnknownOptions,
  resolveClientOptions,
  type ClientOptions,
  type PlatformDefaults,
  type ResolvedClientOptions,
} from './client-options'
export { callListener } from './call-listener'
export {
  eventOf,
  type ClientEvents,
  type DropReason,
  type EventInput,
  type GivenEvent,
} from './client-events'
export { systemClock, type Clock } from './clock'
export { createDelivery, type Delivery, type DeliveryOptions, type Rejection } from './delivery'
export { createEmitter, type Emitter, type Unsubscribe } from './emitter'
export { ArunikaError } from './errors/arunika-error'
export { DeliveryError, type DeliveryErrorCode } from './errors/delivery-error'
export { ListenerError } from './errors/listener-error'
export { OptionsError } from './errors/options-error'
export { StorageError } from './errors/storage-error'
export { post, type PostRequest } from './http'
export { createOutbox, type Outbox, type OutboxOptions } from './outbox'
export type { Backlog, OutboxItem, OutboxStorage } from './outbox-item'
export type { SavedWait, WaitStore } from './retry-wait'
export { createSteadyNow } from './steady-now'
export { outcomeOf, type Outcome, type Refusal } from './outcome'
export { checkRegistration } from './registration'
export { MAX_REPLY_BYTES, replyOf, type Answer, type Reply } from './reply'
