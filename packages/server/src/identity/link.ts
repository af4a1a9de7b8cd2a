import { isEmailKey, isSessionKey, type Mention } from '@arunika/protocol'
import type { LogEntry } from '../live/live-log'
import { isOneOf, jsonRows } from '../store/json-rows'
import type { Trx } from '../store/writer'
import { recordAttributes, type RecordedAttribute } from './attributes'
import { firstClaims, recordClaims, replaceConclusions, type Conclusion } from './claims'
import { recordIdentifiers } from './identifiers'
import { refreshUsers } from './users'

/**
 * Takes in what new events say about who people are; gives what the stream is to tell of it. Claims are kept, and every link is
 * derived from the claims alone:
 *
 * - a session belongs to the user id it was first claimed to be, by the time of the claim, else to such an email;
 * - an email belongs to the user id that first claimed it; where none did, to that of a session which claimed to be both;
 * - where times are equal, the smaller identifier wins.
 *
 * Events are never rewritten: each keeps the identifier that it came with, and a link moves them all.
 */
export async function link(trx: Trx, appId: string, mentions: Mention[]): Promise<LogEntry[]> {
  const { changed, seen } = await recordIdentifiers(trx, appId, mentions)
  const claimed = await recordClaims(trx, appId, mentions)
  const linked = claimed.size > 0 ? await relink(trx, appId, claimed) : new Set<string>()
  const told = await recordAttributes(trx, appId, mentions.flatMap(attributesOf))
  return refreshUsers(trx, appId, { changed: new Set([...changed, ...told]), seen, linked })
}

function attributesOf({ user, email, eventId, attributes }: Mention): RecordedAttribute[] {
  const key = user ?? email
  return key === null ? [] : attributes.map((attribute) => ({ ...attribute, key, event_id: eventId }))
}

/** Links sessions, and the emails that they join to somebody, by the claims; gives both ends of every link that changed. */
async function relink(trx: Trx, appId: string, claimed: Set<string>): Promise<Set<string>> {
  const sessions = [...claimed].filter(isSessionKey)
  const emails = new Set([...claimed].filter(isEmailKey))
  const parents = new Map<string, string | null>()

  if (sessions.length > 0) {
    const conclusions: Conclusion[] = []
    for (const [session, { user, email }] of await firstClaims(trx, appId, sessions)) {
      parents.set(session, user?.strong ?? email?.strong ?? null)
      if (user === null || email === null) continue
      // A session that is both a user and an email joins the two.
      const first_at = Math.max(user.first_at, email.first_at)
      conclusions.push({ weak: email.strong, strong: user.strong, via: session, first_at })
    }
    for (const email of await replaceConclusions(trx, appId, sessions, conclusions)) emails.add(email)
  }
  if (emails.size > 0) {
    for (const [email, { user, concluded }] of await firstClaims(trx, appId, [...emails])) {
      parents.set(email, user?.strong ?? concluded?.strong ?? null)
    }
  }
  return setParents(trx, appId, parents)
}

const LINK_COLUMNS = { app_id: 'text', key: 'text', parent: 'text' } as const

/** Sets links, and gives both ends of each old and new one that differs. */
async function setParents(
  trx: Trx,
  appId: string,
  parents: Map<string, string | null>,
): Promise<Set<string>> {
  const rows = await trx
    .selectFrom('identifiers')
    .select(['key', 'parent'])
    .where('app_id', '=', appId)
    .where(isOneOf(trx, 'key', parents.keys()))
    .execute()
  const former = new Map(rows.map(({ key, parent }) => [key, parent]))
  const changed = new Set<string>()
  const links: { app_id: string; key: string; parent: string | null }[] = []
  for (const [key, parent] of parents) {
    const before = former.get(key) ?? null
    if (before === parent) continue
    links.push({ app_id: appId, key, parent })
    for (const end of [key, before, parent]) if (end !== null) changed.add(end)
  }
  if (links.length > 0) {
    await trx
      .insertInto('identifiers')
      .columns(['app_id', 'key', 'parent'])
      .expression(jsonRows(trx, LINK_COLUMNS, links))
      .onConflict((conflict) =>
        conflict.columns(['app_id', 'key']).doUpdateSet((eb) => ({ parent: eb.ref('excluded.parent') })),
      )
      .execute()
  }
  return changed
}
