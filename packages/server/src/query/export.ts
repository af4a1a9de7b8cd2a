import type { Activity } from '@arunika/protocol'
import type { Db } from '../store/open-database'
import { listActivities, type ActivityFilter } from './activities'
import { decodeCursor, type PageRequest } from './cursor'

/** How an export is written. */
export const FORMATS = {
  csv: { type: 'text/csv; charset=utf-8; header=present', head: csvHead, line: csvLine },
  ndjson: {
    type: 'application/x-ndjson',
    head: () => '',
    line: (item: Activity) => `${JSON.stringify(item)}\n`,
  },
} as const

export type Format = keyof typeof FORMATS

/** Events that are read, and held, at once. */
const PAGE = 1_000

/** All events that pass the filter, as text, a page at a time: read on only when what came before has been taken. */
export async function* exportActivities(
  db: Db,
  appId: string,
  filter: ActivityFilter,
  { format, order }: { format: Format; order: PageRequest['order'] },
): AsyncGenerator<string> {
  const { head, line } = FORMATS[format]
  yield head()
  let cursor: PageRequest['cursor'] = null
  do {
    const page: { items: Activity[]; nextCursor: string | null } = await listActivities(db, appId, filter, {
      limit: PAGE,
      cursor,
      order,
    })
    yield page.items.map(line).join('')
    cursor = page.nextCursor === null ? null : decodeCursor(page.nextCursor)
  } while (cursor !== null)
}

const COLUMNS = [
  'eventId',
  'eventType',
  'timestamp',
  'source',
  'profileId',
  'sessionId',
  'receivedAt',
  'originalTimestamp',
  'description',
  'eventData',
  'context',
] as const satisfies (keyof Activity)[]

function csvHead(): string {
  return `${COLUMNS.join(',')}\r\n`
}

/** A line of RFC 4180. */
function csvLine(item: Activity): string {
  return `${COLUMNS.map((column) => csvField(item[column])).join(',')}\r\n`
}

function csvField(value: unknown): string {
  if (value === undefined || value === null) return ''
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  // A spreadsheet would run it as a formula: https://owasp.org/www-community/attacks/CSV_Injection
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
