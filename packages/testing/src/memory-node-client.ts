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

/** A client with the calls of `@arunika/node`, which keeps what it is told and sends nothing. */
export interface MemoryNodeClient<Events extends EventMap<Events> = AnyEvents> extends MemoryClientProbe<
  ServerEvent,
  DropReason | 'shutdown'
> {
  registerUser(registration: Registration): void
  logActivity<Type extends keyof Events & string>(
    user: UserArgument,
    type: Type,
    ...details: ActivityDetails<Events[Type]>
  ): void
  identify(
    user: UserArgument,
    identification: { email?: string | undefined; name?: string | undefined; traits?: object | undefined },
  ): void
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

  return {
    registerUser({ userId, ...eventData }) {
      const identifier = { userId, email: eventData.email }
      log.take({ eventType: RESERVED_TYPES.userRegistered, eventData, identifier }, validateServerEvent)
    },
    logActivity(user, eventType, ...details) {
      const [description, eventData] = details
      const identifier = identifierOf(user)
      log.take({ eventType, description, eventData, identifier }, validateServerEvent)
    },
    identify(user, eventData) {
      const { email } = eventData
      const identifier = { ...(email !== undefined && { email }), ...identifierOf(user) }
      log.take({ eventType: RESERVED_TYPES.userIdentified, eventData, identifier }, validateServerEvent)
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
