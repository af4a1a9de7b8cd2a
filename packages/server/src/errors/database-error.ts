/**
 * The database could not be opened; `cause` is what the database said, and the message says what to do.
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
    const advice = ADVICE[codeOf(cause)]
    super(`The database ${database} cannot be opened: ${reasonOf(cause)}${advice ? `. ${advice}` : ''}`, {
      cause,
    })
  }
}

const DAMAGED =
  'Keep a copy of the file, then put a backup in its place, or get out what can be read: sqlite3 FILE .recover | sqlite3 NEW_FILE'
const UNREACHABLE = 'See that PostgreSQL runs there, and that host and port of the URL are right'

const ADVICE: Record<string, string | undefined> = {
  SQLITE_NOTADB: DAMAGED,
  SQLITE_CORRUPT: DAMAGED,
  SQLITE_CANTOPEN: 'See that the folder can be written by the user of this process',
  SQLITE_READONLY: 'See that the file and its folder can be written by the user of this process',
  SQLITE_FULL: 'Make room on the disk',
  SQLITE_BUSY: 'Another program holds it: stop that first',
  ECONNREFUSED: UNREACHABLE,
  ENOTFOUND: UNREACHABLE,
  ETIMEDOUT: UNREACHABLE,
  '3D000': 'Make it first: createdb NAME',
  '28P01': 'See that user and password of the URL are right',
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : ''
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  // Node tries several addresses of a name, and says nothing of them in the message.
  return cause.message || codeOf(cause)
}
