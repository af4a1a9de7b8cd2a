import {
  createEmitter,
  createSteadyNow,
  ListenerError,
  systemClock,
  type ArunikaError,
  type EventInput,
  type GivenEvent,
} from '@arunika/core'
import { createUuidV7, isObject, RESERVED_TYPES, type AnyEvents, type EventMap } from '@arunika/protocol'
import type { Arunika, ArunikaEvents } from './arunika'
import { createConsent, hasPrivacySignal } from './consent'
import { createDeviceStorage } from './device-storage'
import { personOf, pickIdentity } from './identity'
import { campaignOf, createPageContext } from './page-context'
import { watchPageViews } from './page-views'
import { createPendingIdentities, QUEUED, type IdentifyAnswer } from './pending-identities'
import { createPipeline } from './pipeline'
import type { ResolvedOptions } from './resolve-options'
import { writeSessionCookie } from './session-cookie'
import { createSessionStore } from './session-store'
import { createWaitStore } from './wait-store'

/** An event as the client's methods make it: the id, the time and the page come to it. */
type LoggedEvent = Omit<EventInput, 'identifier'>

/** The client of a page. */
export function createClient<Events extends EventMap<Events> = AnyEvents>(
  options: ResolvedOptions,
): Arunika<Events> {
  const emitter = createEmitter<ArunikaEvents>()
  // In a microtask, so that whoever subscribes right after a call that failed hears of it.
  const tellError = (error: ArunikaError) => queueMicrotask(() => emitter.emit('error', error))
  const newId = createUuidV7()
  const now = createSteadyNow()
  const device = createDeviceStorage(options.appId, () => localStorage, tellError)
  const consent = createConsent(device, () => options.respectPrivacySignal && hasPrivacySignal())
  const sessions = createSessionStore({
    storage: device,
    now: Date.now,
    newId,
    onSaved: options.sessionCookie ? writeSessionCookie : undefined,
  })
  const identities = createPendingIdentities(systemClock, options.identifyTimeoutMs)
  emitter.on('rejected', ({ event }) => identities.settle(event.eventId, QUEUED))
  const pipeline = createPipeline({
    options,
    emitter,
    waitStore: createWaitStore(device),
    now,
    isOut: () => consent.isOut,
    tellError,
    onProfile: identities.settle,
  })
  const pageContext = createPageContext((url) => {
    const kept: unknown = ask('sanitizeUrl', () => options.sanitizeUrl(url))
    return typeof kept === 'string' ? kept : ''
  })

  /** What a function of the app's says; `null` where it throws, which is told. */
  function ask<Answer>(name: string, call: () => Answer): Answer | null {
    try {
      return call()
    } catch (cause) {
      tellError(new ListenerError(name, cause))
      return null
    }
  }

  function stamp<Fields extends object>(fields: Fields, at = now()) {
    return { eventId: newId(), timestamp: new Date(at).toISOString(), ...fields }
  }

  /** The event as the app lets it go; `null` where it does not. */
  function review(event: GivenEvent): GivenEvent | null {
    const { eventId, timestamp } = event
    return ask('beforeSend', () => {
      const changed: unknown = options.beforeSend({ ...event })
      return isObject(changed) && 'eventType' in changed
        ? ({ ...changed, eventId, timestamp } as unknown as GivenEvent)
        : null
    })
  }

  function log(event: LoggedEvent, sessionId?: string, at?: number): void {
    const given = stamp({ ...event, context: { ...pageContext(), ...event.context } }, at)
    const reviewed = consent.isOut ? null : review(given)
    if (reviewed) pipeline.take('events', sessionId ?? sessions.current().sessionId, reviewed)
    else emitter.emit('dropped', { event: given, reason: consent.isOut ? 'opted_out' : 'before_send' })
  }

  /** Says who the session is. Where they have just registered, an event of that goes first. */
  function identify(given: unknown, registered?: LoggedEvent): Promise<IdentifyAnswer> {
    const identity = ask('identify', () => pickIdentity(given)) ?? {}
    const person = personOf(identity)
    const event = stamp(registered ?? { eventType: RESERVED_TYPES.userIdentified, eventData: identity })
    if (person === null) {
      emitter.emit('rejected', { event, code: 'invalid_profile', detail: 'give an email or a userId' })
      return Promise.resolve(QUEUED)
    }
    if (consent.isOut) {
      emitter.emit('dropped', { event, reason: 'opted_out' })
      return Promise.resolve(QUEUED)
    }
    const { sessionId } = sessions.identify(person)
    if (registered !== undefined) log(registered, sessionId)
    const content = stamp(identity)
    if (!pipeline.take('profile', sessionId, content)) return Promise.resolve(QUEUED)
    void pipeline.flush()
    return identities.wait(content.eventId)
  }

  function viewPage(properties?: object, at?: number): void {
    const campaign = campaignOf(location.search)
    const context = campaign && { campaign }
    log({ eventType: RESERVED_TYPES.pageView, eventData: properties, context }, undefined, at)
  }

  /** Leaves nothing of the person: neither what waits, nor the session, nor who waits to hear of them. */
  function forgetAll(): void {
    pipeline.clear()
    sessions.forget()
    identities.close()
  }

  // What waited when the person opted out elsewhere, or by the browser's signal, is not sent.
  if (consent.isOut) forgetAll()
  const unwatch = options.autoPageViews
    ? watchPageViews(now, (at) => viewPage(undefined, at))
    : () => undefined

  return {
    get sessionId() {
      return consent.isOut ? '' : sessions.current().sessionId
    },
    trackPageView: (properties) => viewPage(properties),
    logActivity(type, ...details) {
      const [description, eventData] = details
      log({ eventType: type, description, eventData })
    },
    registerUser(registration) {
      return identify(registration, { eventType: RESERVED_TYPES.userRegistered, eventData: registration })
    },
    identify: (identity) => identify(identity),
    flush: () => pipeline.flush(),
    reset() {
      if (!consent.isOut) sessions.reset()
    },
    optOut() {
      consent.set(true)
      forgetAll()
    },
    optIn: () => consent.set(false),
    async close() {
      unwatch()
      const closed = pipeline.close()
      identities.close()
      await closed
    },
    on: (name, listener) => emitter.on(name, listener),
  }
}
