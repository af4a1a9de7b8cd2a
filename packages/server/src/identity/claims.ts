import { isEmailKey, type Mention } from '@arunika/protocol'
import { sql } from 'kysely'
import type { Trx } from '../store/writer'

/** That the weak identifier is whoever the strong one is. */
export interface Claim {
  weak: string
  strong: string
  /** The session that it was concluded from; empty where it was made outright. */
  via: string
  first_at: number
}

/** Keeps what the events claim; gives the sessions and the emails whose links a claim may change that is new or now older. */
export async function recordClaims(trx: Trx, appId: string, mentions: Mention[]): Promise<Set<string>> {
  const claims = new Map<string, Claim>()
  for (const { session, email, user, at } of mentions) {
    for (const [weak, strong] of [
      [session, user],
      [session, email],
      [email, user],
    ] as const) {
      if (weak === null || strong === null) continue
      const id = JSON.stringify([weak, strong])
      const first_at = Math.min(claims.get(id)?.first_at ?? at, at)
      claims.set(id, { weak, strong, via: '', first_at })
    }
  }
  if (claims.size === 0) return new Set()
  const changed = await trx
    .insertInto('claims')
    .values(Array.from(claims.values(), (claim) => ({ app_id: appId, ...claim })))
    .onConflict((conflict) =>
      conflict
        .columns(['app_id', 'weak', 'strong', 'via'])
        .doUpdateSet((eb) => ({ first_at: eb.ref('excluded.first_at') }))
        .where(sql<boolean>`excluded.first_at < claims.first_at`),
    )
    .returning('weak')
    .execute()
  return new Set(changed.map((claim) => claim.weak))
}

/** Puts what the sessions let conclude now in place of what they did; gives the emails of both. */
export async function replaceConclusions(
  trx: Trx,
  appId: string,
  sessions: string[],
  conclusions: Claim[],
): Promise<string[]> {
  const former = await trx
    .deleteFrom('claims')
    .where('app_id', '=', appId)
    .where('via', 'in', sessions)
    .returning('weak')
    .execute()
  if (conclusions.length > 0) {
    const rows = conclusions.map((claim) => ({ app_id: appId, ...claim }))
    await trx.insertInto('claims').values(rows).execute()
  }
  return [...former, ...conclusions].map((claim) => claim.weak)
}

/**
 * The claims that count: of each identifier the first one to be a user, and the first one to be an email. One that was made
 * outright goes before one that was concluded from a session.
 */
export async function firstClaims(
  trx: Trx,
  appId: string,
  weak: string[],
): Promise<Map<string, { user?: Claim; email?: Claim }>> {
  const ranked = trx
    .selectFrom('claims')
    .select(['weak', 'strong', 'via', 'first_at'])
    .select(
      sql<number>`row_number() over (
        partition by weak, substr(strong, 1, 2)
        order by case when via = '' then 0 else 1 end, first_at, strong
      )`.as('place'),
    )
    .where('app_id', '=', appId)
    .where('weak', 'in', weak)
  const rows = await trx
    .selectFrom(ranked.as('ranked'))
    .select(['weak', 'strong', 'via', 'first_at'])
    .where('place', '=', 1)
    .execute()
  const first = new Map<string, { user?: Claim; email?: Claim }>()
  for (const claim of rows) {
    const kind = isEmailKey(claim.strong) ? 'email' : 'user'
    first.set(claim.weak, { ...first.get(claim.weak), [kind]: claim })
  }
  return first
}
