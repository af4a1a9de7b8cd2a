import { LIMITS, type Page } from '@arunika/protocol'
import { queryText } from './query-text'
import { Refusal } from './refusal'

/** Which part of a list a request asks for, and which way the list runs. */
export interface PageRequest {
  limit: number
  /** The key of the last item of the page before. */
  after: string | null
  order: 'asc' | 'desc'
}

/** @throws {@link Refusal} `invalid_query` */
export function pageRequestOf(query: URLSearchParams): PageRequest {
  const order = queryText(query, 'order') ?? 'desc'
  if (order !== 'asc' && order !== 'desc') throw new Refusal('invalid_query', 'order must be asc or desc')
  const text = queryText(query, 'limit') ?? String(LIMITS.defaultPageItems)
  if (!/^0*[1-9]\d*$/.test(text)) throw new Refusal('invalid_query', 'limit must be a whole number from 1 on')
  const limit = Math.min(Number(text), LIMITS.maxPageItems)
  return { limit, order, after: keyIn(queryText(query, 'cursor')) }
}

/**
 * A page of a list.
 *
 * @param items - All of the list, oldest first.
 * @param keyOf - What an item is found again by.
 */
export function pageOf<Item>(
  items: Item[],
  { limit, after, order }: PageRequest,
  keyOf: (item: Item) => string,
): Page<Item> {
  const ordered = order === 'asc' ? items : [...items].reverse()
  const start = after === null ? 0 : ordered.findIndex((item) => keyOf(item) === after) + 1
  const page = ordered.slice(start, start + limit)
  const last = page.at(-1)
  const hasMore = start + limit < ordered.length
  return { items: page, nextCursor: hasMore && last !== undefined ? cursorOf(keyOf(last)) : null }
}

const PREFIX = 'after:'

function cursorOf(key: string): string {
  return btoa(PREFIX + key)
}

function keyIn(cursor: string | undefined): string | null {
  if (cursor === undefined) return null
  try {
    const text = atob(cursor)
    if (text.startsWith(PREFIX)) return text.slice(PREFIX.length)
  } catch {
    // not base64: refused below like every other text that was not given out
  }
  throw new Refusal('invalid_query', 'cursor is not one that this server gave out')
}
