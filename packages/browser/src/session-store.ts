import { continueSession, identifySession, type Session } from '@arunika/protocol'
import { parseObject, type DeviceStorage } from './device-storage'

/** What {@link createSessionStore} is made from. */
export interface SessionStoreOptions {
  /** Where the tabs share it, and under which name. */
  storage: DeviceStorage
  key: string
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
export function createSessionStore(options: SessionStoreOptions): SessionStore {
  const { storage, key, now, newId, onSaved } = options
  let session: Session | null = null
  /** What the storage held when it was last read or written, and the last activity in it. */
  let text: string | null = null
  let savedAt = 0

  /** The session as the tabs have it. */
  function read(): Session | null {
    const found = storage.get(key)
    if (found !== text) {
      text = found
      session = parseSession(found)
      savedAt = session?.lastActiveAt ?? 0
    }
    return session
  }

  function save(next: Session | null): void {
    text = next && JSON.stringify(next)
    savedAt = next?.lastActiveAt ?? 0
    storage.set(key, text)
    onSaved?.(next && next.sessionId)
  }

  function keep(next: Session): Session {
    const isSame = session?.sessionId === next.sessionId && session.person === next.person
    session = next
    const lagMs = next.lastActiveAt - savedAt
    if (!(isSame && lagMs >= 0 && lagMs < MAX_LAG_MS)) save(next)
    return next
  }

  const current = () => keep(continueSession(read(), now(), newId))
  return {
    current,
    identify: (person) => keep(identifySession(current(), person, now(), newId)),
    reset: () => void keep(continueSession(null, now(), newId)),
    forget() {
      session = null
      save(null)
    },
  }
}

/** The session in a text; `null` where it is none. */
function parseSession(text: string | null): Session | null {
  const { sessionId, startedAt, lastActiveAt, person } = parseObject(text) ?? {}
  if (
    !/^[\w-]{36}$/.test(String(sessionId)) ||
    typeof startedAt !== 'number' ||
    typeof lastActiveAt !== 'number'
  )
    return null
  return {
    sessionId: String(sessionId),
    startedAt,
    lastActiveAt,
    person: typeof person === 'string' ? person : null,
  }
}
