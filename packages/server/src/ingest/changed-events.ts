import { isOneOf } from '../store/json-rows'
import type { NewEvent } from '../store/schema'
import type { Trx } from '../store/writer'

/** What of an event its sender decides. Its time is left out: where a sender gives none, each request has another. */
const CONTENT = ['event_type', 'session_id', 'description', 'event_data', 'context', 'identifier'] as const

/** Those whose id is stored with another content. */
export async function changedEvents<Sent extends { row: NewEvent }>(
  trx: Trx,
  appId: string,
  duplicates: Sent[],
): Promise<Sent[]> {
  if (duplicates.length === 0) return []
  const rows = await trx
    .selectFrom('events')
    .select(['event_id', ...CONTENT])
    .where('app_id', '=', appId)
    .where(
      isOneOf(
        trx,
        'event_id',
        duplicates.map(({ row }) => row.event_id),
      ),
    )
    .execute()
  const stored = new Map(rows.map((row) => [row.event_id, row]))
  return duplicates.filter(({ row }) => {
    const other = stored.get(row.event_id)
    return other !== undefined && CONTENT.some((column) => other[column] !== row[column])
  })
}
