import { createUuidV7, isEmailKey, type Mention } from '@arunika/protocol'
import { sql } from 'kysely'
import { jsonRows } from '../store/json-rows'
import type { Trx } from '../store/writer'

const uuid = createUuidV7()

const COLUMNS = {
  app_id: 'text',
  key: 'text',
  profile_id: 'text',
  first_at: 'bigint',
  last_at: 'bigint',
} as const

/**
 * Every user id and email that was named is known from now on, with a profile id of its own, the time at which it was first
 * named, and, of an email, the last one. A session is nobody by itself, and is known once somebody claims it.
 *
 * @returns `changed`, those that are new or older than was known, and `seen`, emails that were seen later.
 */
export async function recordIdentifiers(
  trx: Trx,
  appId: string,
  mentions: Mention[],
): Promise<{ changed: Set<string>; seen: Set<string> }> {
  const spans = new Map<string, { first_at: number; last_at: number }>()
  for (const { user, email, at } of mentions) {
    for (const key of [user, email]) {
      if (key === null) continue
      const span = spans.get(key)
      if (span === undefined) spans.set(key, { first_at: at, last_at: at })
      else {
        span.first_at = Math.min(span.first_at, at)
        span.last_at = Math.max(span.last_at, at)
      }
    }
  }
  const changed = new Set<string>()
  const seen = new Set<string>()
  if (spans.size === 0) return { changed, seen }

  const rows = Array.from(spans, ([key, { first_at, last_at }]) => ({
    app_id: appId,
    key,
    profile_id: `prf_${uuid()}`,
    first_at,
    last_at: isEmailKey(key) ? last_at : null,
  }))
  const written = await trx
    .insertInto('identifiers')
    .columns(['app_id', 'key', 'profile_id', 'first_at', 'last_at'])
    .expression(jsonRows(trx, COLUMNS, rows))
    .onConflict((conflict) =>
      conflict
        .columns(['app_id', 'key'])
        .doUpdateSet({
          first_at: sql`case when excluded.first_at < identifiers.first_at then excluded.first_at else identifiers.first_at end`,
          last_at: sql`case when excluded.last_at > identifiers.last_at then excluded.last_at else identifiers.last_at end`,
        })
        .where(
          sql<boolean>`excluded.first_at < identifiers.first_at or excluded.last_at > identifiers.last_at`,
        ),
    )
    .returning(['key', 'first_at'])
    .execute()
  for (const { key, first_at } of written) {
    const isFirst = first_at === spans.get(key)?.first_at
    ;(isFirst ? changed : seen).add(key)
  }
  return { changed, seen }
}
