export {
  ArunikaError,
  DeliveryError,
  ListenerError,
  OptionsError,
  StorageError,
  type DeliveryErrorCode,
  type DropReason,
  type GivenEvent,
  type Unsubscribe,
} from '@arunika/core'
export type { ArunikaEvent, EventContext, Registration } from '@arunika/protocol'
export type { Arunika, ArunikaEvents } from './arunika'
export type { Identity } from './identity'
export { init } from './init'
export type { ArunikaOptions } from './options'
export type { IdentifyAnswer } from './pending-identities'
