import { parseTimestamp } from '@arunika/protocol'
import { Refusal } from './refusal'

const MAX_LENGTH = 1_024

/**
 * A query parameter, or `undefined` where it is missing or empty.
 *
 * @throws {@link Refusal} `invalid_query` where it is given twice, is too long, or holds a NUL.
 */
export function queryText(query: URLSearchParams, name: string): string | undefined {
  const [value, ...more] = query.getAll(name)
  if (more.length > 0) throw new Refusal('invalid_query', `${name} is given more than once`)
  if (value === undefined || value === '') return undefined
  if (value.length > MAX_LENGTH) throw new Refusal('invalid_query', `${name} is too long`)
  if (value.includes('\0')) throw new Refusal('invalid_query', `${name} holds a NUL character`)
  return value
}

/** A time in the query, in the wire's form. @throws {@link Refusal} `invalid_query` */
export function queryTime(query: URLSearchParams, name: string): number | undefined {
  const text = queryText(query, name)
  if (text === undefined) return undefined
  const ms = parseTimestamp(text)
  if (ms === null) {
    throw new Refusal('invalid_query', `${name} must be an ISO-8601 date-time with a time zone`)
  }
  return ms
}
