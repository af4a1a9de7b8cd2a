import { isEmailKey, isSessionKey, type IdentifierKey, type Mention } from '@arunika/protocol'

/** Which stronger identifier each identifier belongs to. */
export type Links = ReadonlyMap<IdentifierKey, IdentifierKey>

/** That a weaker identifier is a stronger one, and when that was first said. */
interface Claim {
  strong: IdentifierKey
  at: number
}

type Claims = Map<IdentifierKey, Map<IdentifierKey, number>>

/**
 * Derives every link from what was said, and from nothing else, so that no order of arrival matters:
 *
 * - a session belongs to the user id that it was first said to be, else to such an email;
 * - an email belongs to the user id that was first said to be its owner; where none was, to that of a session which was said
 *   to be both;
 * - where times are equal, the smaller identifier wins.
 */
export function deriveLinks(mentions: readonly Mention[]): Links {
  const toUser: Claims = new Map()
  const toEmail: Claims = new Map()
  for (const { session, email, user, at } of mentions) {
    if (session && user) keepFirst(toUser, session, user, at)
    if (session && email) keepFirst(toEmail, session, email, at)
    if (email && user) keepFirst(toUser, email, user, at)
  }

  const links = new Map<IdentifierKey, IdentifierKey>()
  const concluded: Claims = new Map()
  const sessions = [...toUser.keys(), ...toEmail.keys()].filter(isSessionKey)
  for (const session of sessions) {
    const user = firstOf(toUser.get(session))
    const email = firstOf(toEmail.get(session))
    const parent = user ?? email
    if (parent) links.set(session, parent.strong)
    if (user && email) keepFirst(concluded, email.strong, user.strong, Math.max(user.at, email.at))
  }
  for (const email of [...toUser.keys(), ...concluded.keys()].filter(isEmailKey)) {
    const owner = firstOf(toUser.get(email)) ?? firstOf(concluded.get(email))
    if (owner) links.set(email, owner.strong)
  }
  return links
}

/** The strongest identifier that one belongs to; `null` for a session that is nobody's. */
export function rootOf(links: Links, key: IdentifierKey): IdentifierKey | null {
  let root = key
  for (let parent = links.get(root); parent !== undefined; parent = links.get(root)) root = parent
  return isSessionKey(root) ? null : root
}

function keepFirst(claims: Claims, weak: IdentifierKey, strong: IdentifierKey, at: number): void {
  const ofWeak = claims.get(weak) ?? new Map<IdentifierKey, number>()
  ofWeak.set(strong, Math.min(ofWeak.get(strong) ?? at, at))
  claims.set(weak, ofWeak)
}

function firstOf(claims: Map<IdentifierKey, number> | undefined): Claim | null {
  let first: Claim | null = null
  for (const [strong, at] of claims ?? []) {
    if (!first || at < first.at || (at === first.at && strong < first.strong)) first = { strong, at }
  }
  return first
}
