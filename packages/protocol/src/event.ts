import type { JsonObject, JsonValue } from './json'

/** The event types whose meaning Arunika knows; every other type is the app's own. */
export const RESERVED_TYPES = {
  pageView: 'page_view',
  userRegistered: 'user_registered',
  userIdentified: 'user_identified',
} as const

/** Where an event happened. Every field is optional, and an app may add its own. */
export interface EventContext {
  /** The page, in a browser. */
  page?: { url?: string; path?: string; title?: string; referrer?: string }
  /** What brought the visitor, from the URL's `utm_` parameters and the id of an advertising click (`gclid` and its like). */
  campaign?: {
    source?: string
    medium?: string
    name?: string
    term?: string
    content?: string
    clickId?: string
    clickIdType?: string
  }
  /** A BCP 47 language tag, such as `id-ID`. */
  locale?: string
  /** An IANA name, such as `Asia/Jakarta`. */
  timezone?: string
  /** CSS pixels. */
  screen?: { width?: number; height?: number }
  /** The SDK that made the event. */
  library?: { name?: string; version?: string }
  /** The name of the machine, on a server. */
  host?: string
  /** Whatever else the app says of the place. */
  [key: string]: JsonValue | undefined
}

/** An event as it goes over the wire. */
export interface ArunikaEvent {
  /** UUIDv7 made by the sender: the idempotency key within an app. */
  eventId: string
  /** 1 to 128 characters, no control characters. */
  eventType: string
  /** When it happened by the sender's clock, ISO-8601 UTC with milliseconds. */
  timestamp: string
  /** At most 1,024 characters. */
  description?: string
  /** At most 32 KiB encoded. */
  eventData?: JsonObject
  /** At most 32 KiB encoded. */
  context?: EventContext
}

/** Who a server's event is about: one field or more. */
export interface Identifier {
  /** Arunika's own id of the person. */
  profileId?: string
  /** The app's own id of the person. */
  userId?: string
  /** Compared trimmed and in lower case. */
  email?: string
  /** The session that the browser SDK gave to the app's backend. */
  sessionId?: string
}

/** An event that a server sends: it says who it is about. */
export interface ServerEvent extends ArunikaEvent {
  /** The person. */
  identifier: Identifier
}

/** A server's event as curl sends it: the server makes the id and the time that are left out. */
export type BareEvent = Omit<ServerEvent, 'eventId' | 'timestamp'> &
  Partial<Pick<ServerEvent, 'eventId' | 'timestamp'>>
