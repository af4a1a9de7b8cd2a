import { createEmitter, systemClock, type ArunikaError, type EventInput } from '@arunika/core'
import {
  createUuidV7,
  formatTimestamp,
  RESERVED_TYPES,
  type AnyEvents,
  type EventMap,
} from '@arunika/protocol'
import type { Arunika, ArunikaEvents } from './arunika'
import { personOf, pickIdentity } from './identity'
import { campaignOf, createPageContext } from './page-context'
import type { Sendable } from './page-item'
import { createPendingIdentities, QUEUED, type IdentifyAnswer } from './pending-identities'
import { createPipeline } from './pipeline'
import type { ResolvedOptions } from './resolve-options'
import { createSessionStore } from './session-store'

/** An event as the client's methods make it: the id, the time and the page come to it. */
type LoggedEvent = Omit<EventInput, 'identifier'>

/** The client of a page. */
export function createClient<Events extends EventMap<Events> = AnyEvents>(
  options: ResolvedOptions,
): Arunika<Events> {
  const { appId } = options
  const emitter = createEmitter<ArunikaEvents>()
  // In a microtask, so that whoever subscribes right after a call that failed hears of it.
  const tellError = (error: ArunikaError) => queueMicrotask(() => emitter.emit('error', error))
  const newId = createUuidV7()
  const sessions = createSessionStore({
    key: `arunika-session-1-${appId}`,
    storage: () => localStorage,
    now: Date.now,
    newId,
    onStorageError: tellError,
  })
  const identities = createPendingIdentities(systemClock, options.identifyTimeoutMs)
  emitter.on('rejected', ({ event }) => identities.settle(event.eventId, QUEUED))
  const pipeline = createPipeline({ options, emitter, tellError, onProfile: identities.settle })
  const pageContext = createPageContext()

  function stamp<Fields extends object>(fields: Fields): Sendable & Fields {
    return { eventId: newId(), timestamp: formatTimestamp(Date.now()), ...fields }
  }

  function log(event: LoggedEvent, sessionId = sessions.current().sessionId): void {
    pipeline.take('events', sessionId, stamp({ ...event, context: { ...pageContext(), ...event.context } }))
  }

  /** Says who the session is. Where they have just registered, an event of that goes first. */
  function identify(given: unknown, registered?: LoggedEvent): Promise<IdentifyAnswer> {
    const identity = pickIdentity(given)
    const person = personOf(identity)
    if (person === null) {
      const event = stamp(registered ?? { eventType: RESERVED_TYPES.userIdentified, eventData: identity })
      emitter.emit('rejected', { event, code: 'invalid_profile', detail: 'give an email or a userId' })
      return Promise.resolve(QUEUED)
    }
    const { sessionId } = sessions.identify(person)
    if (registered !== undefined) log(registered, sessionId)
    const content = stamp(identity)
    if (!pipeline.take('profile', sessionId, content)) return Promise.resolve(QUEUED)
    void pipeline.flush()
    return identities.wait(content.eventId)
  }

  return {
    get sessionId() {
      return sessions.current().sessionId
    },
    trackPageView(properties) {
      const campaign = campaignOf(location.search)
      const context = campaign && { campaign }
      log({ eventType: RESERVED_TYPES.pageView, eventData: properties, context })
    },
    logActivity(type, ...details) {
      const [description, eventData] = details
      log({ eventType: type, description, eventData })
    },
    registerUser(registration) {
      return identify(registration, { eventType: RESERVED_TYPES.userRegistered, eventData: registration })
    },
    identify: (identity) => identify(identity),
    flush: () => pipeline.flush(),
    reset: () => sessions.reset(),
    async close() {
      const closed = pipeline.close()
      identities.close()
      await closed
    },
    on: (name, listener) => emitter.on(name, listener),
  }
}
