import Database from 'libsql'

/** Runs a statement on a server's file, as an operator would who has a shell there. */
export function sql(database: string, statement: string, ...values: unknown[]): unknown[] {
  const file = new Database(database)
  try {
    return file.prepare(statement).all(values)
  } finally {
    file.close()
  }
}
