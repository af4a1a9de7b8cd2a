import type { Attribute } from '@arunika/protocol'
import { sql } from 'kysely'
import { jsonRows } from '../store/json-rows'
import type { Trx } from '../store/writer'

/** An attribute of the person whom an identifier names. */
export interface RecordedAttribute extends Attribute {
  key: string
  event_id: string
}

const COLUMNS = {
  app_id: 'text',
  key: 'text',
  name: 'text',
  value: 'text',
  at: 'bigint',
  event_id: 'text',
} as const

/**
 * Keeps the latest value of each attribute, by the time of its event and not of its arrival; gives the identifiers that have
 * a new one.
 */
export async function recordAttributes(
  trx: Trx,
  appId: string,
  attributes: Iterable<RecordedAttribute>,
): Promise<string[]> {
  const latest = new Map<string, RecordedAttribute>()
  for (const attribute of attributes) {
    const id = JSON.stringify([attribute.key, attribute.name])
    const other = latest.get(id)
    if (other === undefined || isLater(attribute, other)) latest.set(id, attribute)
  }
  const rows = Array.from(latest.values(), (attribute) => ({ app_id: appId, ...attribute }))
  if (rows.length === 0) return []
  const written = await trx
    .insertInto('attributes')
    .columns(Object.keys(COLUMNS) as (keyof typeof COLUMNS)[])
    .expression(jsonRows(trx, COLUMNS, rows))
    .onConflict((conflict) =>
      conflict
        .columns(['app_id', 'key', 'name'])
        .doUpdateSet((eb) => ({
          value: eb.ref('excluded.value'),
          at: eb.ref('excluded.at'),
          event_id: eb.ref('excluded.event_id'),
        }))
        .where(
          sql<boolean>`excluded.at > attributes.at
            or (excluded.at = attributes.at and excluded.event_id > attributes.event_id)`,
        ),
    )
    .returning('key')
    .execute()
  return written.map(({ key }) => key)
}

/** Whether an attribute goes before another of the same name. */
export function isLater(a: { at: number; event_id: string }, b: { at: number; event_id: string }): boolean {
  return a.at > b.at || (a.at === b.at && a.event_id > b.event_id)
}
