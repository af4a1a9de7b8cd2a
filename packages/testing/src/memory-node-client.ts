import {
  RESERVED_TYPES,
  validateServerEvent,
  type ActivityDetails,
  type AnyEvents,
  type EventMap,
  type Identifier,
  type Registration,
  type ServerEvent,
} from '@arunika/protocol'
import { MemoryLog, type DropReason, type MemoryClientProbe } from './memory-log'

/** Who an event is about: the app's own id of the person, or whatever else is known of them. */
type UserArgument = string | { [Field in keyof Identifier]: Identifier[Field] | undefined }

interface Identification {
  email?: string | undefined
  name?: string | undefined
  traits?: object | undefined
}

interface Stats {
  waiting: number
  inFlight: number
  delivered: number
  rejected: number
  dropped: number
  oldestWaitingMs: number | null
}

/** The calls about one person. */
export interface MemoryUserClient<Events extends EventMap<Events> = AnyEvents> {
  logActivity<Type extends keyof Events & string>(
    type: Type,
    ...details: ActivityDetails<Events[Type]>
  ): boolean
  identify(identification: Identification): boolean
  registerUser(registration: Registration): boolean
}

/** A client with the calls of `@arunika/node`, which keeps what it is told and sends nothing. */
export interface MemoryNodeClient<Events extends EventMap<Events> = AnyEvents> extends MemoryClientProbe<
  ServerEvent,
  DropReason | 'shutdown'
> {
  registerUser(registration: Registration): boolean
  logActivity<Type extends keyof Events & string>(
    user: UserArgument,
    type: Type,
    ...details: ActivityDetails<Events[Type]>
  ): boolean
  identify(user: UserArgument, identification: Identification): boolean
  forUser(user: UserArgument | (() => UserArgument)): MemoryUserClient<Events>
  stats(): Stats
  flush(): Promise<void>
  shutdown(options?: { timeoutMs?: number | undefined }): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * Makes a client with the calls of `@arunika/node` for tests without a network. What a server would refuse is told by
 * `rejected` and is not among its events.
 *
 * @typeParam Events - The app's event types and the metadata of each; any type goes where left out.
 * @example
 * const arunika = createMemoryNodeClient()
 * await checkOut(cart, arunika)
 * expect(arunika).toHaveLogged('payment_processed', { amount: 49 })
 */
export function createMemoryNodeClient<
  Events extends EventMap<Events> = AnyEvents,
>(): MemoryNodeClient<Events> {
  const log = new MemoryLog<ServerEvent, DropReason | 'shutdown'>()

  async function shutdown(): Promise<void> {
    log.close('closed')
    await flush()
  }

  function flush(): Promise<void> {
    log.flush()
    return Promise.resolve()
  }

  /** Gives back `true`: a memory client never has its caller wait. */
  function take(eventType: string, identifier: Identifier, eventData?: object, description?: string): true {
    log.take({ eventType, description, eventData, identifier }, validateServerEvent)
    return true
  }

  function identify(user: UserArgument, eventData: Identification): true {
    const { email } = eventData
    const identifier = { ...(email !== undefined && { email }), ...identifierOf(user) }
    return take(RESERVED_TYPES.userIdentified, identifier, eventData)
  }

  function registerUser({ userId, ...eventData }: Registration, user: UserArgument = {}): true {
    const identifier = { ...identifierOf(user), userId, email: eventData.email }
    return take(RESERVED_TYPES.userRegistered, identifier, eventData)
  }

  return {
    registerUser: (registration) => registerUser(registration),
    logActivity: (user, type, ...[description, metadata]) =>
      take(type, identifierOf(user), metadata, description),
    identify,
    forUser(user) {
      const ask = typeof user === 'function' ? user : () => user
      return {
        registerUser: (registration) => registerUser(registration, ask()),
        logActivity: (type, ...[description, metadata]) =>
          take(type, identifierOf(ask()), metadata, description),
        identify: (identification) => identify(ask(), identification),
      }
    },
    stats() {
      const { waiting, ...told } = log.stats()
      return { waiting, inFlight: 0, ...told, oldestWaitingMs: waiting > 0 ? 0 : null }
    },
    flush,
    shutdown,
    [Symbol.asyncDispose]: shutdown,
    events: () => log.events(),
    emit: (name, value) => log.emit(name, value),
    on: (name, listener) => log.on(name, listener),
  }
}

function identifierOf(user: UserArgument): Identifier {
  if (typeof user === 'string') return { userId: user }
  const given = Object.entries(user).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given)
}
