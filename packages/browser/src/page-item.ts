import type { GivenEvent, OutboxItem } from '@arunika/core'
import { RESERVED_TYPES, utf8Length, type ArunikaEvent } from '@arunika/protocol'

/** The routes that a page sends to. */
export type Route = 'events' | 'profile'

/** What a page sends: an event, or an identity, which waits among the events and so is as safe as they are. */
export interface Sendable {
  eventId: string
  timestamp: string
}

/**
 * The outbox item of something to send. Events of one session share requests; an identity travels alone, since its route
 * takes one at a time.
 *
 * Only what JSON cannot hold is found here. All else is for the server to judge, whose answer names the event and the
 * code: its rules, sent along with every page, would be a fifth of this SDK.
 *
 * @throws where `JSON.stringify` does.
 */
export function createItem(route: Route, sessionId: string, content: Sendable, takenAt: number): OutboxItem {
  const { eventId: id, ...fields } = content
  // The id first, wherever the content has it (and before a field that is a number, which JSON writes first): by that the outbox
  // knows a kept record to be whole. There is always a second field, the timestamp.
  const json = `{"eventId":${JSON.stringify(id)},${JSON.stringify(fields).slice(1)}`
  const group = `${route} ${sessionId}${route === 'profile' ? ` ${id}` : ''}`
  return { id, group, json, bytes: utf8Length(json), takenAt }
}

/** Where an item goes, and in which session. */
export function destinationOf(item: OutboxItem): { route: Route; sessionId: string } {
  const [route, sessionId] = item.group.split(' ') as [Route, string]
  return { route, sessionId }
}

/** The event of an item, for the listeners. */
export function eventOfItem(item: OutboxItem): ArunikaEvent {
  return eventOf(destinationOf(item).route, JSON.parse(item.json) as Sendable) as ArunikaEvent
}

/** As which event the server stores it: an identity becomes one too. */
export function eventOf(route: Route, content: Sendable): GivenEvent {
  if (route !== 'profile') return content as GivenEvent
  const { eventId, timestamp, ...eventData } = content
  return { eventId, eventType: RESERVED_TYPES.userIdentified, timestamp, eventData }
}
