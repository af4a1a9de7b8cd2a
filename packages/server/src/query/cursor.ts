import { LIMITS } from '@arunika/protocol'
import { ProblemError } from '../errors/problem-error'

/** Where a page ends: the sort key of its last row, a time and an id. */
export interface Cursor {
  at: number
  id: string
}

/** Which part of a list, and which way it runs. */
export interface PageRequest {
  limit: number
  cursor: Cursor | null
  order: 'asc' | 'desc'
}

/** A cursor as text that callers pass back and do not read. */
export function encodeCursor({ at, id }: Cursor): string {
  return Buffer.from(JSON.stringify([at, id])).toString('base64url')
}

/** @throws {@link ProblemError} `invalid_query` */
export function decodeCursor(text: string | undefined): Cursor | null {
  if (text === undefined || text === '') return null
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    const [at, id] = Array.isArray(value) ? (value as unknown[]) : []
    if (Number.isSafeInteger(at) && typeof id === 'string' && id.length <= LIMITS.maxIdentifierLength) {
      return { at: at as number, id }
    }
  } catch {
    // not JSON: refused below like every other text that we did not make
  }
  throw new ProblemError('invalid_query', 'cursor is not one that this server gave out')
}

/** How many items a page may hold: what was asked for, up to the limit. @throws {@link ProblemError} `invalid_query` */
export function parseLimit(text: string | undefined): number {
  if (text === undefined || text === '') return LIMITS.defaultPageItems
  if (!/^0*[1-9]\d*$/.test(text))
    throw new ProblemError('invalid_query', 'limit must be a whole number from 1 on')
  return Math.min(Number(text), LIMITS.maxPageItems)
}

/** Cuts one row more than the page holds off again: it only tells that there is a next page. */
export function toPage<Row, Item>(
  rows: Row[],
  limit: number,
  read: { item: (row: Row) => Item; cursor: (row: Row) => Cursor },
): { items: Item[]; nextCursor: string | null } {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const nextCursor = rows.length > limit && last !== undefined ? encodeCursor(read.cursor(last)) : null
  return { items: page.map(read.item), nextCursor }
}
