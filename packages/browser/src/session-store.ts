import { continueSession, identifySession, type Session } from '@arunika/protocol'
import { fieldsOf, type DeviceStorage } from './device-storage'

/** What {@link createSessionStore} is made from. */
export interface SessionStoreOptions {
  /** Where the tabs share it. */
  storage: DeviceStorage
  /** Milliseconds since the epoch. */
  now: () => number
  /** Makes the id of a new session: a UUIDv7. */
  newId: () => string
  /** Told when the session is saved: when it is new, and about once a second while it is active; `null` when it is forgotten. */
  onSaved?: ((sessionId: string | null) => void) | undefined
}

/** The session that the tabs of one origin share. */
export interface SessionStore {
  /** The session of something that happens now: the shared one, marked active, or a new one where that has ended. */
  current(): Session
  /** The session in which a person identifies now: a new one where the current is somebody else's. */
  identify(person: string): Session
  /** Starts an anonymous session. */
  reset(): void
  /** Leaves nothing of it on the device. */
  forget(): void
}

/** How far the time of the last activity may be behind in the storage: a write for every call would cost the page too much. */
const MAX_LAG_MS = 1_000

/** Makes a session store. */
export function createSessionStore({ storage, now, newId, onSaved }: SessionStoreOptions): SessionStore {
  /** What the storage held when it was last read, and the session in it: most calls find it as it was, and parse nothing. */
  let text: string | null = null
  let session: Session | null = null

  function read(): Session | null {
    const found = storage.get('session')
    if (found !== text) session = parseSession(found)
    text = found
    return session
  }

  function save(next: Session | null): void {
    storage.set('session', next && JSON.stringify(next))
    onSaved?.(next && next.sessionId)
  }

  /** Saves the next session, unless the saved one is the same, and only a little behind. */
  function keep(saved: Session | null, next: Session): Session {
    const isSame = next.sessionId === saved?.sessionId && next.person === saved.person
    const lagMs = next.lastActiveAt - (saved?.lastActiveAt ?? 0)
    if (!(isSame && lagMs >= 0 && lagMs < MAX_LAG_MS)) save(next)
    return next
  }

  function continued(saved: Session | null): Session {
    return keep(saved, continueSession(saved, now(), newId))
  }

  const current = () => continued(read())
  return {
    current,
    identify(person) {
      const saved = current()
      return keep(saved, identifySession(saved, person, now(), newId))
    },
    reset: () => void continued(null),
    forget: () => save(null),
  }
}

/** The session in a text; `null` where it is none. */
function parseSession(text: string | null): Session | null {
  const { sessionId, startedAt, lastActiveAt, person } = fieldsOf(text)
  const isSession =
    typeof sessionId === 'string' &&
    /^[\w-]{36}$/.test(sessionId) &&
    [startedAt, lastActiveAt].every(Number.isFinite)
  return isSession
    ? ({ sessionId, startedAt, lastActiveAt, person: typeof person === 'string' ? person : null } as Session)
    : null
}
