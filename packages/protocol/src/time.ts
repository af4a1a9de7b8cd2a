/** Midnight of 1 January of the year 0, in milliseconds since the epoch: the first time that the wire can write. */
export const FIRST_TIMESTAMP_MS = -62_167_219_200_000

/** The last millisecond of the year 9999. */
export const LAST_TIMESTAMP_MS = 253_402_300_799_999

const DATE_TIME = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})$/

/**
 * Milliseconds since the epoch of an RFC 3339 date-time, or `null` where the value is none. Senders in other languages
 * may leave out the fraction, write up to nine digits (cut to milliseconds) or an offset; a day that the calendar does
 * not have is refused, and so are a leap second and a time that in UTC is not in the years 0 to 9999. Never throws.
 *
 * @example
 * parseTimestamp('2026-02-30T00:00:00.000Z') // null
 */
export function parseTimestamp(text: unknown): number | null {
  if (typeof text !== 'string' || text.length > 40) return null
  // Most are in the wire's own form, which the engine reads faster; it takes days that are none, and gives them back as others.
  const ms = Date.parse(text)
  if (isWritable(ms) && new Date(ms).toISOString() === text) return ms
  const match = DATE_TIME.exec(text)
  if (!match) return null
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  if (hour > 23 || minute > 59 || second > 59) return null
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  if (date.getUTCMonth() !== month - 1) return null // a day that the month does not have is one of the next
  const offset = offsetMs(match[8] as string)
  if (offset === null) return null
  const fraction = (match[7] ?? '').padEnd(3, '0').slice(0, 3)
  const exact = date.setUTCHours(hour, minute, second, Number(fraction)) - offset
  return isWritable(exact) ? exact : null
}

/**
 * The wire's form of a time: ISO-8601 UTC with milliseconds.
 *
 * @param ms - Milliseconds since the epoch; a fraction is cut.
 * @throws RangeError outside the years 0 to 9999.
 * @example
 * formatTimestamp(0) // '1970-01-01T00:00:00.000Z'
 */
export function formatTimestamp(ms: number): string {
  const text = new Date(ms).toISOString()
  // Years beyond 9999, and those before 0, have six digits and a sign.
  if (text.length === 24) return text
  throw new RangeError(`${ms} is not a time between the years 0 and 9999`)
}

function isWritable(ms: number): boolean {
  return ms >= FIRST_TIMESTAMP_MS && ms < LAST_TIMESTAMP_MS + 1
}

function offsetMs(zone: string): number | null {
  if (zone === 'Z') return 0
  const hours = Number(zone.slice(1, 3))
  const minutes = Number(zone.slice(4, 6))
  if (hours > 23 || minutes > 59) return null
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000
}
