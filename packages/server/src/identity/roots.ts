import { isSessionKey } from '@arunika/protocol'
import { sql } from 'kysely'
import { isOneOf } from '../store/json-rows'
import type { Db } from '../store/open-database'
import type { Trx } from '../store/writer'

/**
 * The strongest identifier of whoever each of these belongs to; one that is unknown, and a session that is nobody's yet, are left
 * out. A session may belong to an email and that to a user id, so it is two steps at most.
 */
export async function rootsOf(
  trx: Db | Trx,
  appId: string,
  keys: Iterable<string>,
): Promise<Map<string, string>> {
  const rows = await trx
    .selectFrom('identifiers as own')
    .leftJoin('identifiers as parent', (join) =>
      join.onRef('parent.app_id', '=', 'own.app_id').onRef('parent.key', '=', 'own.parent'),
    )
    .select(['own.key', sql<string>`coalesce(parent.parent, own.parent, own.key)`.as('root')])
    .where('own.app_id', '=', appId)
    .where(isOneOf(trx, 'own.key', keys))
    .execute()
  return new Map(rows.filter(({ root }) => !isSessionKey(root)).map(({ key, root }) => [key, root]))
}
