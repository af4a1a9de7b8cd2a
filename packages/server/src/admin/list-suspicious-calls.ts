import { formatTimestamp, type Page, type SuspiciousCall } from '@arunika/protocol'
import { ProblemError } from '../errors/problem-error'
import { toPage, type PageRequest } from '../query/cursor'
import type { Db } from '../store/open-database'

/** A page of the log of suspicious calls, newest first: of those that named an app, or of all. */
export async function listSuspiciousCalls(
  db: Db,
  appId: string | undefined,
  { limit, cursor }: Pick<PageRequest, 'limit' | 'cursor'>,
): Promise<Page<SuspiciousCall>> {
  let query = db.selectFrom('suspicious_calls').selectAll()
  if (appId !== undefined) query = query.where('app_id', '=', appId)
  if (cursor !== null) {
    const { at, id } = { ...cursor, id: Number(cursor.id) }
    // The cursor of another list.
    if (!Number.isSafeInteger(id)) throw new ProblemError('invalid_query', 'cursor is not one of this list')
    query = query.where((eb) => eb(eb.refTuple('at', 'id'), '<', eb.tuple(at, id)))
  }
  const rows = await query
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  return toPage(rows, limit, {
    item: (row) => ({
      at: formatTimestamp(row.at),
      reason: row.reason,
      address: row.address === '' ? null : row.address,
      appId: row.app_id,
    }),
    cursor: (row) => ({ at: row.at, id: String(row.id) }),
  })
}
