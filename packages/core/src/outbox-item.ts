import { isObject } from '@arunika/protocol'

/** One thing that waits to be sent. It is plain data: a storage may keep it as it is. */
export interface OutboxItem {
  /** The event's id. */
  id: string
  /** Items of one group, and no others, may share a request: one route, one session. */
  group: string
  /**
   * The JSON of the event, made once, so that what the app changes later does not change what is sent. It is an object whose
   * first field is `eventId`, by which a record of a storage is known to be whole.
   */
  json: string
  /** The UTF-8 bytes of `json`. */
  bytes: number
  /** When it was taken, in milliseconds since the epoch. */
  takenAt: number
  /** Where a storage keeps it; the storage's own. */
  place?: string
}

/**
 * Whether a storage's record is an item: another version, or another program, may have written it, and a damaged one would
 * make the server refuse all that travels with it. The ends of the JSON are looked at and no more: to parse what ten thousand
 * records hold would stop a page.
 */
export function isOutboxItem(record: unknown): record is OutboxItem {
  if (!isObject(record)) return false
  const { id, group, json, bytes, takenAt } = record
  if (typeof id !== 'string' || typeof group !== 'string' || typeof json !== 'string') return false
  const isWhole = json.startsWith(`{"eventId":"${id}"`) && json.endsWith('}')
  return isWhole && Number.isFinite(bytes) && Number.isFinite(takenAt)
}

/** What a storage holds of earlier lives, and perhaps of others beside, and what of it has not been read. */
export interface Backlog {
  /** Items that have not been read, and the bytes of their JSON. */
  readonly items: number
  readonly bytes: number
  /** Reads on, oldest first, as much as stops nobody; an empty list is the end. Records of another form may be among them. */
  next(): Promise<unknown[]>
}

/**
 * Where an outbox keeps its items beyond the life of the page or the process. Every operation is one
 * transaction, and is never left open: one that cannot end (a database that another tab blocks) rejects.
 */
export interface OutboxStorage {
  /** Finds out what it holds. */
  load(): Promise<Backlog>
  /** Keeps these too; one whose id is kept already takes its place. */
  put(items: OutboxItem[]): Promise<void>
  /** Forgets these; one that is not kept is no failure. */
  remove(items: OutboxItem[]): Promise<void>
  /** Forgets all. */
  clear(): Promise<void>
}
