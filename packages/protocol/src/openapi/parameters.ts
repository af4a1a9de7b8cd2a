import { LIMITS } from '../limits'

/** A parameter of the query. */
export function query(name: string, description: string, schema: object = { type: 'string' }) {
  return { name, in: 'query', description, schema } as const
}

/** A part of the path. */
export function inPath(name: string) {
  return { name, in: 'path', required: true, schema: { type: 'string' } } as const
}

/** What every list takes that goes page by page. */
export const pages = [
  query('limit', `How many items a page holds at most; more than ${LIMITS.maxPageItems} gives that many.`, {
    type: 'integer',
    minimum: 1,
    default: LIMITS.defaultPageItems,
  }),
  query('cursor', 'The nextCursor of the page before.'),
] as const
