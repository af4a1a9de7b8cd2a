import type { OutboxItem } from '@arunika/core'

// A record is one text, a line an item: a page copies a text to and from IndexedDB in a fraction of the time of as many objects.
// Neither a tab nor a line break can be in the fields: JSON writes both as escapes.

/** The record of some items. */
export function encodeRecord(items: OutboxItem[]): string {
  return items.map(({ group, bytes, takenAt, json }) => [group, bytes, takenAt, json].join('\t')).join('\n')
}

/** The items of a record. Where another program has written it, they are none, which is for the outbox to find. */
export function decodeRecord(record: string): OutboxItem[] {
  return record.split('\n').map((line) => {
    const [group = '', bytes = '', takenAt = ''] = line.split('\t', 3)
    const json = line.slice(group.length + bytes.length + takenAt.length + 3)
    // Where an item's JSON has its id: {"eventId":"…
    return { id: json.slice(12, 48), group, json, bytes: Number(bytes), takenAt: Number(takenAt) }
  })
}
