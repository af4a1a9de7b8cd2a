import { createUuidV7, formatTimestamp, type ArunikaEvent, type ServerEvent } from '@arunika/protocol'

/** UUIDs of version 7, each after the last. */
export const uuid = createUuidV7()

/** An event that is right in every field. */
export function anEvent(fields: Partial<ArunikaEvent> = {}): ArunikaEvent {
  return { eventId: uuid(), eventType: 'page_view', timestamp: formatTimestamp(Date.now()), ...fields }
}

/** A backend's event that is right in every field. */
export function aServerEvent(fields: Partial<ServerEvent> = {}): ServerEvent {
  return { ...anEvent({ eventType: 'order_shipped' }), identifier: { userId: 'user_1' }, ...fields }
}
