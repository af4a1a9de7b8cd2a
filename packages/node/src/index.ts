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
export type { Identification } from './identification'
export type { ArunikaOptions, SpoolOptions } from './options'
export type { ArunikaEvents } from './pipeline'
export type { User } from './user'
