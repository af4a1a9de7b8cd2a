import { isObject } from '@arunika/protocol'

/** Who uses the page: an `email`, a `userId`, or both. */
export interface Identity {
  /** Compared trimmed and in lower case. */
  email?: string | undefined
  /** The app's own id of the person. */
  userId?: string | undefined
  /** What the person is called: 1 to 256 characters. */
  name?: string | undefined
  /** Whatever else is known of the person; must be writable as JSON, at most 32 KiB. */
  traits?: object | undefined
}

/** The fields of an identity, and no others, from whatever an app gave. */
export function pickIdentity(given: unknown): { [Field in keyof Identity]: unknown } {
  const { email, userId, name, traits } = isObject(given) ? given : {}
  return { email, userId, name, traits }
}

/**
 * The person whom an identity names: the `userId`, else the `email`, trimmed and in lower case. `null` where it names nobody; the
 * session must not be given to such a one. All else is the server's to check.
 */
export function personOf({ userId, email }: Partial<ReturnType<typeof pickIdentity>>): string | null {
  const named = userId ?? email
  if (typeof named !== 'string' || named === '') return null
  if (userId !== undefined) return named
  return named.includes('@') ? named.trim().toLowerCase() : null
}
