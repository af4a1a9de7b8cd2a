import Database from 'libsql'
import { Client, types } from 'pg'

const INT8: unknown = types.builtins.INT8

/** Runs a statement on a server's database, as an operator would who has a shell there. Parameters are `?`. */
export async function sql(database: string, statement: string, ...values: unknown[]): Promise<unknown[]> {
  if (database.startsWith('postgres:')) return inPostgres(database, statement, values)
  const file = new Database(database)
  try {
    return file.prepare(statement).all(values)
  } finally {
    file.close()
  }
}

async function inPostgres(url: string, statement: string, values: unknown[]): Promise<unknown[]> {
  const getTypeParser: typeof types.getTypeParser = (oid: unknown) =>
    (oid === INT8 ? Number : types.getTypeParser(oid as never)) as never
  const client = new Client({ connectionString: url, types: { getTypeParser } })
  await client.connect()
  try {
    let index = 0
    const { rows } = await client.query(
      statement.replace(/\?/g, () => `$${++index}`),
      values,
    )
    return rows as unknown[]
  } finally {
    await client.end()
  }
}
