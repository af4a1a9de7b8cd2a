export type { StoredEvent } from './app-store'
export { createArunikaMock, type ArunikaMock, type ArunikaMockOptions } from './arunika-mock'
export { arunikaMatchers, type ArunikaMatchers, type Logged } from './matchers'
export {
  createMemoryBrowserClient,
  type MemoryBrowserClient,
  type MemoryBrowserEvent,
  type MemoryIdentifyAnswer,
} from './memory-browser-client'
export type { GivenEvent, MemoryClientEvents, MemoryClientProbe } from './memory-log'
export { createMemoryNodeClient, type MemoryNodeClient, type MemoryUserClient } from './memory-node-client'
export type { AppCredentials, MockAppOptions } from './mock-apps'
export type { Failure } from './outages'
