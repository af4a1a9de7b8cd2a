import { SESSION_COOKIE, SESSION_RULES } from '@arunika/protocol'

/**
 * Gives the session's id to the app's own backend: a first-party cookie that lasts as long as the session may be idle, and is sent
 * by secure pages over secure connections alone. `null` removes it.
 */
export function writeSessionCookie(sessionId: string | null): void {
  const maxAge = sessionId === null ? 0 : SESSION_RULES.maxIdleMs / 1_000
  const secure = location.protocol === 'https:' ? '; secure' : ''
  try {
    document.cookie = `${SESSION_COOKIE}=${sessionId ?? ''}; path=/; max-age=${maxAge}; samesite=lax${secure}`
  } catch {
    // A sandboxed frame has no cookies, as it would have none to send.
  }
}
