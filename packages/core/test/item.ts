import type { OutboxItem } from '../src/outbox-item'

/** An item that is its id and little else. */
export function itemOf(id: string, fields: Partial<OutboxItem> = {}): OutboxItem {
  const json = JSON.stringify({ eventId: id })
  return { id, group: 'events', json, bytes: json.length, takenAt: 0, ...fields }
}
