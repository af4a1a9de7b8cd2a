import {
  formatTimestamp,
  sessionKey,
  timestampOutlier,
  userKey,
  type Activity,
  type EventContext,
  type Identifier,
  type JsonObject,
  type Page,
} from '@arunika/protocol'
import { sql, type SelectQueryBuilder } from 'kysely'
import { keysOf, type Person } from '../identity/keys-of'
import { isPostgres } from '../store/dialect'
import { isOneOf } from '../store/json-rows'
import type { Db } from '../store/open-database'
import type { EventRow, Schema } from '../store/schema'
import { toPage, type PageRequest } from './cursor'
import { contains } from './search'

/** What a list of activities can be narrowed by. */
export interface ActivityFilter {
  /** The app's own user id. */
  userId?: string | undefined
  sessionId?: string | undefined
  type?: string | undefined
  source?: string | undefined
  /** Milliseconds since the epoch, included. */
  from?: number | undefined
  /** Milliseconds since the epoch, not included. */
  to?: number | undefined
  /** Part of the type or the description. */
  search?: string | undefined
}

type ActivityQuery = SelectQueryBuilder<Schema & { event: Schema['events'] }, 'event', object>
type ActivityRow = EventRow & { profile_id: string | null }

/** A page of an app's events. */
export async function listActivities(
  db: Db,
  appId: string,
  filter: ActivityFilter,
  page: PageRequest,
): Promise<Page<Activity>> {
  let query = eventsOf(db, appId)
  if (filter.sessionId !== undefined) query = ofSession(query, filter.sessionId)
  if (filter.type !== undefined) query = query.where('event.event_type', '=', filter.type)
  if (filter.source !== undefined) query = query.where('event.source', '=', filter.source)
  if (filter.from !== undefined) query = query.where('event.timestamp', '>=', filter.from)
  if (filter.to !== undefined) query = query.where('event.timestamp', '<', filter.to)
  if (filter.search !== undefined) {
    const text = filter.search
    query = query.where((eb) =>
      eb.or([contains(eb.ref('event.event_type'), text), contains(eb.ref('event.description'), text)]),
    )
  }
  if (filter.userId === undefined) return readPage(query, page)
  return readPage(ofPerson(db, query, { appId, root: userKey(filter.userId) }, page), page)
}

/** A page of one person's events, browser and server together. */
export async function listTimeline(db: Db, person: Person, page: PageRequest): Promise<Page<Activity>> {
  return readPage(ofPerson(db, eventsOf(db, person.appId), person, page), page)
}

function eventsOf(db: Db, appId: string): ActivityQuery {
  return db.selectFrom('events as event').where('event.app_id', '=', appId)
}

/** Events by their ids, for the stream. */
export async function findActivities(
  db: Db,
  appId: string,
  eventIds: string[],
): Promise<Map<string, Activity>> {
  if (eventIds.length === 0) return new Map()
  const query = db
    .selectFrom('events as event')
    .where('event.app_id', '=', appId)
    .where(isOneOf(db, 'event.event_id', eventIds))
  const rows: ActivityRow[] = await withProfile(query).execute()
  return new Map(rows.map((row) => [row.event_id, toActivity(row)]))
}

/**
 * Narrows to the events that came with an identifier of the person: the root, its emails, and the sessions of both. Of each
 * identifier as many are read as the page holds, by an index: how long a life is costs nothing.
 */
function ofPerson(db: Db, query: ActivityQuery, person: Person, page: PageRequest): ActivityQuery {
  const ofKey = partOf(query, page).whereRef('event.owner_key', '=', sql.ref('theirs.key'))
  const theirs = sql<{ key: string }>`(${keysOf(person)})`.as<'theirs'>(sql`theirs`)
  // Neither database does this for the other's words.
  const joined = isPostgres(db)
    ? db.selectFrom(theirs).innerJoinLateral(ofKey.selectAll('event').as('event'), (join) => join.onTrue())
    : db
        .selectFrom(theirs)
        .crossJoin('events as event') // an order of its own: SQLite keeps it
        .where(sql<boolean>`event.rowid in (${ofKey.select(sql`event.rowid`.as('rowid'))})`)
  return joined
}

/** Narrows to the events of a session: its own, and those that name somebody too. An index serves each. */
function ofSession(query: ActivityQuery, sessionId: string): ActivityQuery {
  return query.where((eb) =>
    eb.or([
      eb('event.owner_key', '=', sessionKey(sessionId)),
      eb.and([
        eb('event.session_id', '=', sessionId),
        sql<boolean>`event.session_id is not null and event.owner_key <> 's:' || event.session_id`,
      ]),
    ]),
  )
}

async function readPage(query: ActivityQuery, page: PageRequest): Promise<Page<Activity>> {
  const rows: ActivityRow[] = await withProfile(partOf(query, page)).execute()
  return toPage(rows, page.limit, {
    item: toActivity,
    cursor: (row) => ({ at: row.timestamp, id: row.event_id }),
  })
}

/** The events of a page, and one more. */
function partOf(query: ActivityQuery, { limit, cursor, order }: PageRequest): ActivityQuery {
  const after =
    cursor === null
      ? query
      : query.where((eb) =>
          eb(
            eb.refTuple('event.timestamp', 'event.event_id'),
            order === 'asc' ? '>' : '<',
            eb.tuple(cursor.at, cursor.id),
          ),
        )
  return after
    .orderBy('event.timestamp', order)
    .orderBy('event.event_id', order)
    .limit(limit + 1)
}

/** Adds whose event it is: the identifier that it came with, followed by its links to the root, whose user it is. */
function withProfile(query: ActivityQuery) {
  return query
    .leftJoin('identifiers as own', (join) =>
      join.onRef('own.app_id', '=', 'event.app_id').onRef('own.key', '=', 'event.owner_key'),
    )
    .leftJoin('identifiers as parent', (join) =>
      join.onRef('parent.app_id', '=', 'own.app_id').onRef('parent.key', '=', 'own.parent'),
    )
    .leftJoin('users as user', (join) =>
      join
        .onRef('user.app_id', '=', 'event.app_id')
        .on('user.root', '=', sql<string>`coalesce(parent.parent, own.parent, own.key)`),
    )
    .selectAll('event')
    .select('user.profile_id')
}

function toActivity(row: ActivityRow): Activity & { identifier?: Identifier } {
  const outlier = timestampOutlier(row.timestamp, row.received_at)
  return {
    eventId: row.event_id,
    eventType: row.event_type,
    timestamp: formatTimestamp(row.timestamp),
    ...(row.description !== null && { description: row.description }),
    ...(row.event_data !== null && { eventData: JSON.parse(row.event_data) as JsonObject }),
    ...(row.context !== null && { context: JSON.parse(row.context) as EventContext }),
    ...(row.identifier !== null && { identifier: JSON.parse(row.identifier) as Identifier }),
    profileId: row.profile_id,
    sessionId: row.session_id,
    source: row.source,
    receivedAt: formatTimestamp(row.received_at),
    ...(row.original_timestamp !== null && { originalTimestamp: formatTimestamp(row.original_timestamp) }),
    ...(outlier !== null && { timestampOutlier: outlier }),
  }
}
