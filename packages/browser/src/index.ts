export {
  ArunikaError,
  DeliveryError,
  ListenerError,
  OptionsError,
  StorageError,
  type DeliveryErrorCode,
  type GivenEvent,
  type Unsubscribe,
} from '@arunika/core'
export type { ArunikaEvent, EventContext, Registration } from '@arunika/protocol'
export type { Arunika, ArunikaEvents, DropReason } from './arunika'
export type { Identity } from './identity'
export { init } from './init'
export type { ArunikaOptions } from './options'
export type { IdentifyAnswer } from './pending-identities'
