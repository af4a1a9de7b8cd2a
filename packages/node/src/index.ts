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
export type { Identifier, Registration, ServerEvent } from '@arunika/protocol'
export { Arunika } from './arunika'
export { forRequest, type RequestHeaders, type RequestOptions } from './for-request'
export type { Identification } from './identification'
export type { ArunikaOptions, SpoolOptions } from './options'
export type { ArunikaEvents } from './pipeline'
export type { Register, RegisteredEvents } from './register'
export { shutdownOnSignals, type SignalOptions } from './shutdown-on-signals'
export type { RequestTrace } from './signed-sender'
export type { Stats } from './stats'
export type { User } from './user'
export type { UserClient } from './user-client'
