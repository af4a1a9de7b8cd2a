/** A browser's session: what its tabs share. Times are milliseconds since the epoch. */
export interface Session {
  sessionId: string
  startedAt: number
  lastActiveAt: number
  /** Who the session said it is: the `userId`, else the `email`, of its identify; `null` while it is anonymous. */
  person: string | null
}

/** The first-party cookie in which a page can give its session's id to the app's own backend. */
export const SESSION_COOKIE = 'arunika_session'

/** When a session ends. */
export const SESSION_RULES = {
  /** Without activity, in milliseconds: 30 minutes. */
  maxIdleMs: 1_800_000,
  /** In all, in milliseconds: 24 hours. */
  maxAgeMs: 86_400_000,
} as const

/**
 * The session that an activity at `nowMs` belongs to: the given one, marked active, or a new one where there is none or it has
 * ended. A clock that was set back ends no session; its idle time and its age count from that moment on, so that a
 * session that began under a clock years ahead does not last for years. A session whose times are no numbers (a store
 * that others write to) has ended.
 *
 * @param newId - Makes the id of a new session: a UUIDv7.
 * @example
 * session = continueSession(session, Date.now(), createUuidV7())
 */
export function continueSession(session: Session | null, nowMs: number, newId: () => string): Session {
  if (session === null) return startSession(nowMs, newId)
  const idle = nowMs - session.lastActiveAt
  const age = nowMs - session.startedAt
  const goesOn = idle <= SESSION_RULES.maxIdleMs && age <= SESSION_RULES.maxAgeMs
  if (!goesOn) return startSession(nowMs, newId)
  return { ...session, startedAt: Math.min(session.startedAt, nowMs), lastActiveAt: nowMs }
}

/**
 * The session in which a person identifies: the given one where it was anonymous or theirs; a new one where it was
 * somebody else's, so that a shared computer does not mix two people.
 *
 * @param person - The `userId`, else the `email`, that was given.
 * @example
 * identifySession(continueSession(session, now, newId), 'user_1', now, newId).person // 'user_1'
 */
export function identifySession(
  session: Session,
  person: string,
  nowMs: number,
  newId: () => string,
): Session {
  const isTheirs = session.person === null || session.person === person
  return { ...(isTheirs ? session : startSession(nowMs, newId)), person }
}

function startSession(nowMs: number, newId: () => string): Session {
  return { sessionId: newId(), startedAt: nowMs, lastActiveAt: nowMs, person: null }
}
