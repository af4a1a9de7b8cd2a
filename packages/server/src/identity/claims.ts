import { isEmailKey, type Mention } from '@arunika/protocol'
import { sql, type RawBuilder } from 'kysely'
import { isOneOf, jsonRows } from '../store/json-rows'
import type { ClaimKind } from '../store/schema'
import type { Trx } from '../store/writer'

/** That the weak identifier is whoever the strong one is, since some time. */
interface Claim {
  strong: string
  first_at: number
}

/** A claim that nobody made, and that a session which is both lets conclude. */
export interface Conclusion extends Claim {
  weak: string
  via: string
}

const COLUMNS = {
  app_id: 'text',
  weak: 'text',
  kind: 'text',
  strong: 'text',
  via: 'text',
  first_at: 'bigint',
} as const

const NAMES = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[]

/** Keeps what the events claim; gives the sessions and the emails whose links a claim may change that is new or now older. */
export async function recordClaims(trx: Trx, appId: string, mentions: Mention[]): Promise<Set<string>> {
  const claims = new Map<string, Claim & { weak: string; kind: ClaimKind }>()
  for (const { session, email, user, at } of mentions) {
    for (const [weak, strong] of [
      [session, user],
      [session, email],
      [email, user],
    ] as const) {
      if (weak === null || strong === null) continue
      const id = `${weak.length}:${weak}${strong}`
      const known = claims.get(id)
      if (known === undefined) {
        claims.set(id, { weak, kind: isEmailKey(strong) ? 'email' : 'user', strong, first_at: at })
      } else known.first_at = Math.min(known.first_at, at)
    }
  }
  if (claims.size === 0) return new Set()
  const rows = Array.from(claims.values(), (claim) => ({ app_id: appId, ...claim, via: '' }))
  const changed = await trx
    .insertInto('claims')
    .columns(NAMES)
    .expression(jsonRows(trx, COLUMNS, rows))
    .onConflict((conflict) =>
      conflict
        .columns(['app_id', 'weak', 'strong', 'via'])
        .doUpdateSet((eb) => ({ first_at: eb.ref('excluded.first_at') }))
        .where(sql<boolean>`excluded.first_at < claims.first_at`),
    )
    .returning('weak')
    .execute()
  return new Set(changed.map(({ weak }) => weak))
}

/** Puts what the sessions let conclude now in place of what they did; gives the emails of both. */
export async function replaceConclusions(
  trx: Trx,
  appId: string,
  sessions: string[],
  conclusions: Conclusion[],
): Promise<string[]> {
  const former = await trx
    .deleteFrom('claims')
    .where('app_id', '=', appId)
    .where(isOneOf(trx, 'via', sessions))
    .returning('weak')
    .execute()
  if (conclusions.length > 0) {
    const rows = conclusions.map((claim) => ({ app_id: appId, kind: 'concluded' as const, ...claim }))
    await trx
      .insertInto('claims')
      .columns(NAMES)
      .expression(jsonRows(trx, COLUMNS, rows))
      .execute()
  }
  return [...former, ...conclusions].map(({ weak }) => weak)
}

/** The claims of one identifier that count: of each kind the first. */
export type FirstClaims = Record<ClaimKind, Claim | null>

/** The claims that count, of each identifier. Each is the first of its kind in an index, however many others there are. */
export async function firstClaims(
  trx: Trx,
  appId: string,
  weak: string[],
): Promise<Map<string, FirstClaims>> {
  const first = (kind: ClaimKind, column: 'strong' | 'first_at') => sql`(
    select ${sql.ref(column)} from claims
    where app_id = ${appId} and weak = asked.weak and kind = ${kind}
    order by claims.first_at, claims.strong limit 1
  )`
  const asked: RawBuilder<{ weak: string }> = jsonRows(
    trx,
    { weak: 'text' },
    weak.map((key) => ({ weak: key })),
  )
  const { rows } = await sql<Record<string, string | number | null> & { weak: string }>`
    select weak,
      ${first('user', 'strong')} as user_strong, ${first('user', 'first_at')} as user_at,
      ${first('email', 'strong')} as email_strong, ${first('email', 'first_at')} as email_at,
      ${first('concluded', 'strong')} as concluded_strong, ${first('concluded', 'first_at')} as concluded_at
    from (${asked}) as asked
  `.execute(trx)
  const claim = (strong: unknown, first_at: unknown): Claim | null =>
    typeof strong === 'string' && typeof first_at === 'number' ? { strong, first_at } : null
  return new Map(
    rows.map((row) => [
      row.weak,
      {
        user: claim(row['user_strong'], row['user_at']),
        email: claim(row['email_strong'], row['email_at']),
        concluded: claim(row['concluded_strong'], row['concluded_at']),
      },
    ]),
  )
}
