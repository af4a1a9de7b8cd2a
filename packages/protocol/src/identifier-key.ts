/** An identifier as one text: its kind (user id, email or session id) and its value. */
export type IdentifierKey = `${'u' | 'e' | 's'}:${string}`

/**
 * The key of the app's own id of a person.
 *
 * @example
 * userKey('user-42') // 'u:user-42'
 */
export function userKey(userId: string): IdentifierKey {
  return `u:${userId}`
}

/**
 * The key of an email in the form in which emails are compared.
 *
 * @example
 * emailKey('ada@example.com') // 'e:ada@example.com'
 */
export function emailKey(email: string): IdentifierKey {
  return `e:${email}`
}

/**
 * The key of a session.
 *
 * @example
 * sessionKey('s_1') // 's:s_1'
 */
export function sessionKey(sessionId: string): IdentifierKey {
  return `s:${sessionId}`
}

/**
 * True of the key of a user id.
 *
 * @example
 * isUserKey('u:user-42') // true
 */
export function isUserKey(key: string): boolean {
  return key.startsWith('u:')
}

/**
 * True of the key of an email.
 *
 * @example
 * isEmailKey('u:user-42') // false
 */
export function isEmailKey(key: string): boolean {
  return key.startsWith('e:')
}

/**
 * True of the key of a session.
 *
 * @example
 * isSessionKey('s:s_1') // true
 */
export function isSessionKey(key: string): boolean {
  return key.startsWith('s:')
}

/**
 * The identifier's own text.
 *
 * @example
 * valueOfKey('e:ada@example.com') // 'ada@example.com'
 */
export function valueOfKey(key: string): string {
  return key.slice(2)
}
