import { sql, type Kysely, type RawBuilder, type SqlBool } from 'kysely'
import { isPostgres } from './dialect'

type AnyDb = Pick<Kysely<never>, 'getExecutor'>

/** What the columns of some rows hold. */
type Columns<Row> = Record<keyof Row & string, 'text' | 'bigint'>

/**
 * A query that gives rows, which come to the database as JSON in one parameter. A statement over a thousand rows so has the text, and
 * the cost to prepare it, of a statement over one, and never too many parameters.
 */
export function jsonRows<Row extends object>(db: AnyDb, columns: Columns<Row>, rows: Row[]): RawBuilder<Row> {
  const names = Object.keys(columns) as (keyof Row & string)[]
  // `where true` parts the query from `on conflict`, which SQLite would read as its join.
  if (isPostgres(db)) {
    const types = names.map((name) => sql`${sql.ref(name)} ${sql.raw(columns[name])}`)
    return sql`select ${sql.join(names.map((name) => sql.ref(name)))}
      from json_to_recordset(${JSON.stringify(rows)}::json) as given(${sql.join(types)}) where true`
  }
  const json = JSON.stringify(rows.map((row) => names.map((name) => row[name])))
  const values = names.map((name, index) => sql`value ->> ${sql.lit(index)} as ${sql.ref(name)}`)
  return sql`select ${sql.join(values)} from json_each(${json}) as given where true`
}

/** Whether a column is one of some texts, however many. */
export function isOneOf(db: AnyDb, column: string, values: Iterable<string>): RawBuilder<SqlBool> {
  const list = [...values]
  return isPostgres(db)
    ? sql`${sql.ref(column)} = any(${list}::text[])`
    : sql`${sql.ref(column)} in (select value from json_each(${JSON.stringify(list)}))`
}
