import type { Attribute } from '@arunika/protocol'
import { sql } from 'kysely'
import { inChunks } from '../store/in-chunks'
import type { Trx } from '../store/writer'

/** An attribute of the person whom an identifier names. */
export interface RecordedAttribute extends Attribute {
  key: string
  event_id: string
}

/** Keeps the latest value of each attribute, by the time of its event and not of its arrival. */
export async function recordAttributes(
  trx: Trx,
  appId: string,
  attributes: Iterable<RecordedAttribute>,
): Promise<void> {
  const latest = new Map<string, RecordedAttribute>()
  for (const attribute of attributes) {
    const id = JSON.stringify([attribute.key, attribute.name])
    const other = latest.get(id)
    if (other === undefined || isLater(attribute, other)) latest.set(id, attribute)
  }
  const rows = Array.from(latest.values(), (attribute) => ({ app_id: appId, ...attribute }))
  await inChunks(rows, (chunk) =>
    trx
      .insertInto('attributes')
      .values(chunk)
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
      .execute(),
  )
}

/** Whether an attribute goes before another of the same name. */
export function isLater(a: { at: number; event_id: string }, b: { at: number; event_id: string }): boolean {
  return a.at > b.at || (a.at === b.at && a.event_id > b.event_id)
}
