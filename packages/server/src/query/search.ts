import { sql, type Expression, type SqlBool } from 'kysely'

/**
 * Whether a column holds the text, whatever the case. `%` and `_` in the text stand for themselves. The database lowers both
 * sides: SQLite knows the case of ASCII letters only, PostgreSQL that of all.
 */
export function contains(column: Expression<unknown>, text: string): Expression<SqlBool> {
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`
  return sql<SqlBool>`lower(${column}) like lower(${pattern}) escape '\\'`
}
