/** Rows in one statement, within SQLite's 32,766 parameters and PostgreSQL's 65,535 for every table. */
const ROWS_PER_STATEMENT = 1_000

/** Runs a statement over as many rows as there are, a part of them at a time; gives what the parts returned. */
export async function inChunks<Row, Result>(
  rows: Row[],
  run: (chunk: Row[]) => Promise<Result[]>,
): Promise<Result[]> {
  const results: Result[] = []
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
    for (const result of await run(rows.slice(start, start + ROWS_PER_STATEMENT))) results.push(result)
  }
  return results
}
