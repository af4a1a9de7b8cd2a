import {
  continueSession,
  createUuidV7,
  identifySession,
  isName,
  normalizeEmail,
  RESERVED_TYPES,
  validateEvent,
  validateProfile,
  type ActivityDetails,
  type AnyEvents,
  type ArunikaEvent,
  type Checked,
  type EventMap,
  type ProfileAnswer,
  type Registration,
  type Session,
} from '@arunika/protocol'
import { MemoryLog, type DropReason, type GivenEvent, type MemoryClientProbe } from './memory-log'

/** An event of a memory browser client: with the session that it belongs to. */
export interface MemoryBrowserEvent extends ArunikaEvent {
  sessionId: string
}

type PageDropReason = DropReason | 'opted_out' | 'before_send'

/** What `identify` and `registerUser` resolve with. */
export type MemoryIdentifyAnswer = ProfileAnswer | { profileId: null; status: 'queued' }

interface Identity {
  email?: string | undefined
  userId?: string | undefined
  name?: string | undefined
  traits?: object | undefined
}

/** A client with the calls of `@arunika/browser`, which keeps what it is told and sends nothing. */
export interface MemoryBrowserClient<Events extends EventMap<Events> = AnyEvents> extends MemoryClientProbe<
  MemoryBrowserEvent,
  PageDropReason
> {
  readonly sessionId: string
  trackPageView(properties?: object): void
  logActivity<Type extends keyof Events & string>(type: Type, ...details: ActivityDetails<Events[Type]>): void
  registerUser(registration: Registration): Promise<MemoryIdentifyAnswer>
  identify(identity: Identity): Promise<MemoryIdentifyAnswer>
  flush(): Promise<void>
  reset(): void
  optOut(): void
  optIn(): void
  close(): Promise<void>
}

const QUEUED: MemoryIdentifyAnswer = { profileId: null, status: 'queued' }

/**
 * Makes a client with the calls of `@arunika/browser` for tests without a network, a page or IndexedDB. It keeps sessions as
 * the SDK does, gives each person one `profileId` with the status `pending`, and adds no page context. What a server
 * would refuse is told by `rejected` and is not among its events.
 *
 * @typeParam Events - The app's event types and the metadata of each; any type goes where left out.
 * @example
 * const arunika = createMemoryBrowserClient()
 * render(<Shop arunika={arunika} />)
 * expect(arunika).toHaveLogged('page_view')
 */
export function createMemoryBrowserClient<
  Events extends EventMap<Events> = AnyEvents,
>(): MemoryBrowserClient<Events> {
  const log = new MemoryLog<MemoryBrowserEvent, PageDropReason>()
  const newId = createUuidV7()
  const profileIds = new Map<string, string>()
  let session: Session | null = null
  let isOut = false

  function current(): Session {
    session = continueSession(session, Date.now(), newId)
    return session
  }

  function take(given: Omit<GivenEvent, 'eventId' | 'timestamp'>): MemoryBrowserEvent | null {
    const { sessionId } = current()
    return log.take(given, (written) => withSession(validateEvent(written), sessionId))
  }

  function identify({ email, userId, name, traits }: Identity): Promise<MemoryIdentifyAnswer> {
    const eventType = RESERVED_TYPES.userIdentified
    const eventData = { email, userId, name, traits }
    const person = userId === undefined ? normalizeEmail(email) : isName(userId) ? userId : null
    // Somebody whom the server would not take must not be given the session.
    if (person !== null) session = identifySession(current(), person, Date.now(), newId)
    const { sessionId } = current()
    const event = log.take({ eventType, eventData }, (written) => checkIdentified(written, sessionId))
    if (event === null || person === null) return Promise.resolve(QUEUED)
    const profileId = profileIds.get(person) ?? `prf_${newId()}`
    profileIds.set(person, profileId)
    return Promise.resolve({ profileId, status: 'pending' })
  }

  return {
    get sessionId() {
      return isOut ? '' : current().sessionId
    },
    trackPageView: (properties) => void take({ eventType: RESERVED_TYPES.pageView, eventData: properties }),
    logActivity(eventType, ...details) {
      const [description, eventData] = details
      take({ eventType, description, eventData })
    },
    registerUser(registration) {
      // The registration belongs to the person's session, which identifying may have to start.
      const { userId } = registration
      if (isName(userId)) session = identifySession(current(), userId, Date.now(), newId)
      take({ eventType: RESERVED_TYPES.userRegistered, eventData: registration })
      return identify(registration)
    },
    identify,
    flush() {
      log.flush()
      return Promise.resolve()
    },
    reset: () => void (session = continueSession(null, Date.now(), newId)),
    optOut() {
      isOut = true
      session = null
      log.close('opted_out')
    },
    optIn() {
      isOut = false
      log.close(null)
    },
    close() {
      log.close('closed')
      return Promise.resolve()
    },
    events: () => log.events(),
    emit: (name, value) => log.emit(name, value),
    on: (name, listener) => log.on(name, listener),
  }
}

function withSession<Code extends string>(
  checked: Checked<ArunikaEvent, Code>,
  sessionId: string,
): Checked<MemoryBrowserEvent, Code> {
  return checked.ok ? { ok: true, value: { ...checked.value, sessionId } } : checked
}

/** The event that a server makes of a profile request, checked as that would be. */
function checkIdentified(written: unknown, sessionId: string): Checked<MemoryBrowserEvent, string> {
  const event = withSession(validateEvent(written), sessionId)
  if (!event.ok) return event
  const profile = validateProfile({ ...event.value.eventData, appId: 'app_memory', sessionId })
  if (!profile.ok) return profile
  const { email, userId, name, traits } = profile.value
  const eventData = {
    ...(userId !== undefined && { userId }),
    ...(email !== undefined && { email }),
    ...(name !== undefined && { name }),
    ...(traits !== undefined && { traits }),
  }
  return { ok: true, value: { ...event.value, eventData } }
}
