/**
 * The database could not be opened; `cause` is what the database said.
 *
 * @example
 * try {
 *   await createServer({ database: '/data/arunika.db' })
 * } catch (error) {
 *   if (error instanceof DatabaseError) console.error(error.message)
 * }
 */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError'
  readonly code = 'database_failed'

  constructor(database: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    super(`The database ${database} cannot be opened: ${reason}`, { cause })
  }
}
