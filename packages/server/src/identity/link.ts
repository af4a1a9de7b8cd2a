import { createUuidV7, isEmailKey, isSessionKey, type IdentifierKey, type Mention } from '@arunika/protocol'
import { sql } from 'kysely'
import type { Trx } from '../store/writer'
import { firstClaims, recordClaims, replaceConclusions, type Claim } from './claims'
import { recordAttributes, type RecordedAttribute } from './attributes'
import { refreshUsers } from './users'

const uuid = createUuidV7()

/**
 * Takes in what new events say about who people are. Claims are kept, and every link is derived from the claims alone:
 *
 * - a session belongs to the user id it was first claimed to be, by the time of the claim, else to such an email;
 * - an email belongs to the user id that first claimed it; where none did, to that of a session which claimed to be both;
 * - where times are equal, the smaller identifier wins.
 *
 * Events are never rewritten: each keeps the identifier that it came with, and a link moves them all.
 */
export async function link(trx: Trx, appId: string, mentions: Mention[]): Promise<void> {
  const touched = await touchIdentifiers(trx, appId, mentions)
  const claimed = await recordClaims(trx, appId, mentions)
  const linked = claimed.size > 0 ? await relink(trx, appId, claimed) : new Set<string>()
  await recordAttributes(trx, appId, mentions.flatMap(attributesOf))
  await refreshUsers(trx, appId, { touched, linked })
}

function attributesOf({ user, email, eventId, attributes }: Mention): RecordedAttribute[] {
  const key = user ?? email
  return key === null ? [] : attributes.map((attribute) => ({ ...attribute, key, event_id: eventId }))
}

function keysOf({ session, email, user, owner }: Mention): IdentifierKey[] {
  return [session, email, user, owner].filter((key) => key !== null)
}

/** Every identifier that was named is known from now on, with the time in which it was active; gives the last of each. */
async function touchIdentifiers(trx: Trx, appId: string, mentions: Mention[]): Promise<Map<string, number>> {
  const spans = new Map<string, { first_at: number; last_at: number }>()
  for (const mention of mentions) {
    for (const key of keysOf(mention)) {
      const span = spans.get(key)
      spans.set(key, {
        first_at: Math.min(span?.first_at ?? mention.at, mention.at),
        last_at: Math.max(span?.last_at ?? mention.at, mention.at),
      })
    }
  }
  const rows = Array.from(spans, ([key, span]) => ({
    app_id: appId,
    key,
    profile_id: isSessionKey(key) ? null : `prf_${uuid()}`,
    parent: null,
    ...span,
  }))
  await trx
    .insertInto('identifiers')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['app_id', 'key']).doUpdateSet({
        first_at: sql`case when excluded.first_at < identifiers.first_at then excluded.first_at else identifiers.first_at end`,
        last_at: sql`case when excluded.last_at > identifiers.last_at then excluded.last_at else identifiers.last_at end`,
      }),
    )
    .execute()
  return new Map(Array.from(spans, ([key, { last_at }]) => [key, last_at]))
}

/** Links sessions, and the emails that they join to somebody, by the claims; gives both ends of every link that changed. */
async function relink(trx: Trx, appId: string, claimed: Set<string>): Promise<Set<string>> {
  const sessions = [...claimed].filter(isSessionKey)
  const emails = new Set([...claimed].filter(isEmailKey))
  const parents = new Map<string, string | null>()

  if (sessions.length > 0) {
    const first = await firstClaims(trx, appId, sessions)
    const conclusions: Claim[] = []
    for (const session of sessions) {
      const { user, email } = first.get(session) ?? {}
      parents.set(session, user?.strong ?? email?.strong ?? null)
      if (user === undefined || email === undefined) continue
      // A session that is both a user and an email joins the two.
      const first_at = Math.max(user.first_at, email.first_at)
      conclusions.push({ weak: email.strong, strong: user.strong, via: session, first_at })
    }
    for (const email of await replaceConclusions(trx, appId, sessions, conclusions)) emails.add(email)
  }
  if (emails.size > 0) {
    const first = await firstClaims(trx, appId, [...emails])
    for (const email of emails) parents.set(email, first.get(email)?.user?.strong ?? null)
  }
  return setParents(trx, appId, parents)
}

/** Sets links, and gives both ends of each old and new one that differs. */
async function setParents(
  trx: Trx,
  appId: string,
  parents: Map<string, string | null>,
): Promise<Set<string>> {
  const rows = await trx
    .selectFrom('identifiers')
    .selectAll()
    .where('app_id', '=', appId)
    .where('key', 'in', [...parents.keys()])
    .execute()
  const changed = new Set<string>()
  const updates: typeof rows = []
  for (const row of rows) {
    const parent = parents.get(row.key) ?? null
    if (row.parent === parent) continue
    updates.push({ ...row, parent })
    for (const end of [row.key, row.parent, parent]) if (end !== null) changed.add(end)
  }
  if (updates.length > 0) {
    await trx
      .insertInto('identifiers')
      .values(updates)
      .onConflict((conflict) =>
        conflict.columns(['app_id', 'key']).doUpdateSet((eb) => ({ parent: eb.ref('excluded.parent') })),
      )
      .execute()
  }
  return changed
}
