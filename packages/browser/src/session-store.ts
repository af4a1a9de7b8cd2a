import { StorageError } from '@arunika/core'
import { continueSession, identifySession, isObject, isUuidV7, type Session } from '@arunika/protocol'

/** What {@link createSessionStore} is made from. */
export interface SessionStoreOptions {
  /** Where the tabs share it. */
  key: string
  /** Gives the storage; may throw, as `localStorage` does where the user has forbidden it. */
  storage: () => Pick<Storage, 'getItem' | 'setItem'>
  /** Milliseconds since the epoch. */
  now: () => number
  /** Makes the id of a new session: a UUIDv7. */
  newId: () => string
  /** Told once when the storage fails; memory takes over. */
  onStorageError: (error: StorageError) => void
}

/** The session that the tabs of one origin share. */
export interface SessionStore {
  /** The session of something that happens now: the shared one, marked active, or a new one where that has ended. */
  current(): Session
  /** The session in which a person identifies now: a new one where the current is somebody else's. */
  identify(person: string): Session
  /** Starts an anonymous session. */
  reset(): void
}

/** How far the time of the last activity may be behind in the storage: a write for every call would cost the page too much. */
const MAX_LAG_MS = 1_000

/** Makes a session store. */
export function createSessionStore(options: SessionStoreOptions): SessionStore {
  const { key, now, newId } = options
  let isShared = true
  let session: Session | null = null
  /** What the storage held when it was last read or written, and the last activity in it. */
  let text: string | null = null
  let savedAt = 0

  function fail(cause: unknown): void {
    isShared = false
    const message = 'The session cannot be kept on this device: this page has one of its own'
    options.onStorageError(new StorageError(message, { cause }))
  }

  /** The session as the tabs have it. */
  function read(): Session | null {
    if (!isShared) return session
    try {
      const found = options.storage().getItem(key)
      if (found !== text) {
        text = found
        session = parseSession(found)
        savedAt = session?.lastActiveAt ?? 0
      }
    } catch (cause) {
      fail(cause)
    }
    return session
  }

  function keep(next: Session): Session {
    const isSame = session?.sessionId === next.sessionId && session.person === next.person
    session = next
    const lagMs = next.lastActiveAt - savedAt
    if (isShared && !(isSame && lagMs >= 0 && lagMs < MAX_LAG_MS)) {
      try {
        text = JSON.stringify(next)
        savedAt = next.lastActiveAt
        options.storage().setItem(key, text)
      } catch (cause) {
        fail(cause)
      }
    }
    return next
  }

  const current = () => keep(continueSession(read(), now(), newId))
  return {
    current,
    identify: (person) => keep(identifySession(current(), person, now(), newId)),
    reset: () => void keep(continueSession(null, now(), newId)),
  }
}

/** The session in a text that any script of the origin may have written; `null` where it is none. */
function parseSession(text: string | null): Session | null {
  if (text === null) return null
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null // not ours: a new session takes its place
  }
  if (!isObject(value)) return null
  const { sessionId, startedAt, lastActiveAt, person } = value
  if (!isUuidV7(sessionId) || typeof startedAt !== 'number' || typeof lastActiveAt !== 'number') return null
  return { sessionId, startedAt, lastActiveAt, person: typeof person === 'string' ? person : null }
}
