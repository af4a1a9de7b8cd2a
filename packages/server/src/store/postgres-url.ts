/** Whether a database is named by the URL of a PostgreSQL; else it is the path of an SQLite file. */
export function isPostgresUrl(database: string): boolean {
  return /^postgres(ql)?:\/\//i.test(database)
}

/** The name of a database, for people to read. */
export function withoutPassword(database: string): string {
  if (!isPostgresUrl(database)) return database
  if (!URL.canParse(database)) return 'postgres://…'
  const { host, pathname } = new URL(database)
  return `postgres://${host}${pathname}`
}
