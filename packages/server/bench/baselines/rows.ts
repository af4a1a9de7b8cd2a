import { aPageView, uuid } from '../sample-events'

/** What a baseline is to insert. */
export interface BaselineOptions {
  /** The file, or the URL of the database. */
  database: string
  /** Rows that are timed. */
  rows: number
  /** Rows before those. */
  warmUpRows: number
}

/** What came of it. */
export interface Baseline {
  /** Rows. */
  perSecond: number
}

/** How many rows go into a transaction. */
const ROWS_A_COMMIT = 500

/** What the server keeps of an event. */
export const COLUMNS = [
  'app_id',
  'event_id',
  'event_type',
  'timestamp',
  'received_at',
  'source',
  'owner_key',
  'session_id',
  'description',
  'event_data',
  'context',
  'identifier',
] as const

type Value = string | number | null

/** The table that no store of events can do without: each event once, and those of a person and of an app by time. */
export const TABLE = [
  `create table events (
    app_id text not null, event_id text not null, event_type text not null, timestamp bigint not null,
    received_at bigint not null, source text not null, owner_key text not null, session_id text, description text,
    event_data text, context text, identifier text
  )`,
  'create unique index events_by_id on events (app_id, event_id)',
  'create index events_by_owner on events (app_id, owner_key, timestamp)',
  'create index events_by_time on events (app_id, timestamp)',
]

/** The same page views that the server is sent, as the rows that it makes of them, in transactions. */
function makeCommits(rows: number): Value[][][] {
  const commits: Value[][][] = []
  for (let number = 0; number < rows; number += ROWS_A_COMMIT) {
    const length = Math.min(ROWS_A_COMMIT, rows - number)
    commits.push(Array.from({ length }, (_, index) => rowOf(number + index)))
  }
  return commits
}

let sessionId = ''

function rowOf(number: number): Value[] {
  if (number % 30 === 0) sessionId = uuid()
  const { eventId, eventType, eventData, context } = aPageView(number)
  const now = Date.now()
  const [data, place] = [JSON.stringify(eventData), JSON.stringify(context)]
  return [
    'app_bench',
    eventId,
    eventType,
    now,
    now,
    'browser',
    `s:${sessionId}`,
    sessionId,
    null,
    data,
    place,
    null,
  ]
}

/** Runs transactions that are made already, the first ones untimed. */
export async function timeCommits(
  { rows, warmUpRows }: BaselineOptions,
  insert: (rows: Value[][]) => Promise<void> | void,
): Promise<Baseline> {
  for (const commit of makeCommits(warmUpRows)) await insert(commit)
  const commits = makeCommits(rows)
  const start = performance.now()
  for (const commit of commits) await insert(commit)
  return { perSecond: (rows / (performance.now() - start)) * 1_000 }
}
