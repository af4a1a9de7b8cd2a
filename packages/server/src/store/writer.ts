import { sql, type Transaction } from 'kysely'
import { ProblemError } from '../errors/problem-error'
import type { Db } from './open-database'
import type { Schema } from './schema'

export type Trx = Transaction<Schema>

/** Work in a transaction. What it has written is undone where it throws. */
type Job<Result> = (trx: Trx) => Promise<Result>

interface Waiting {
  rows: number
  run: (trx: Trx) => Promise<unknown>
  resolve: (result: unknown) => void
  reject: (reason: unknown) => void
}

/** What may wait for a commit. Above either a request is refused with 503, before memory runs out. */
const MAX_WAITING = { jobs: 10_000, rows: 100_000 }

/** What one transaction takes, so that none waits long for the commit of a big one; a job that is larger has one of its own. */
const MAX_PER_COMMIT = { jobs: 256, rows: 2_000 }

/**
 * The only way to write. What concurrent requests bring is gathered into one transaction (group commit), and each is told of
 * its result after the commit, never before.
 */
export class Writer {
  readonly #db: Db
  readonly #onCommit: () => void
  #waiting: Waiting[] = []
  #waitingRows = 0
  #running: Promise<void> | null = null

  /** @param onCommit - Called after each commit: the streams look for what is new. */
  constructor(db: Db, onCommit: () => void) {
    this.#db = db
    this.#onCommit = onCommit
  }

  /**
   * Runs a job in the next transaction that has room for it; resolves after its commit.
   *
   * @param rows - How much the job is to write, about; the length of a commit is bounded by it.
   * @throws {@link ProblemError} `unavailable` where too much waits, or where the database cannot begin or commit a
   * transaction; whatever the job throws.
   */
  write<Result>(job: Job<Result>, rows = 1): Promise<Result> {
    if (this.#waiting.length >= MAX_WAITING.jobs || this.#waitingRows + rows > MAX_WAITING.rows) {
      return Promise.reject(unavailable('Too many requests wait for the database'))
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ rows, run: job, resolve: (result) => resolve(result as Result), reject })
      this.#waitingRows += rows
      this.#running ??= this.#run()
    })
  }

  /** Resolves when nothing waits. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      // Requests that arrive in this turn of the event loop share the commit. Between two commits it answers what else came:
      // SQLite works in this thread, and a commit gives nobody else a turn.
      await new Promise((resolve) => setImmediate(resolve))
      await this.#commit(this.#take())
    }
    this.#running = null
  }

  /** The jobs of the next commit: at least one, and no more than fit. */
  #take(): Waiting[] {
    let count = 0
    let rows = 0
    for (const job of this.#waiting) {
      if (count > 0 && (count === MAX_PER_COMMIT.jobs || rows + job.rows > MAX_PER_COMMIT.rows)) break
      count++
      rows += job.rows
    }
    this.#waitingRows -= rows
    return this.#waiting.splice(0, count)
  }

  async #commit(jobs: Waiting[]): Promise<void> {
    let outcomes: Outcome[]
    try {
      outcomes = await this.#db.transaction().execute(async (trx) => {
        const outcomes: Outcome[] = []
        for (const job of jobs) outcomes.push(await attempt(trx, job))
        return outcomes
      })
    } catch (error) {
      for (const job of jobs) job.reject(unavailable('The database cannot be written', error))
      return
    }
    jobs.forEach((job, index) => outcomes[index]?.(job))
    this.#onCommit()
  }
}

/** How a job is told of its end, once the commit is made. */
type Outcome = (job: Waiting) => void

/** Runs a job in a savepoint: one that fails must not cost the others. */
async function attempt(trx: Trx, { run }: Waiting): Promise<Outcome> {
  await sql`savepoint job`.execute(trx)
  try {
    const result = await run(trx)
    await sql`release savepoint job`.execute(trx)
    return (job) => job.resolve(result)
  } catch (error) {
    // Fails in its turn where the database has given up the whole transaction, on a full disk for one.
    await sql`rollback to savepoint job`.execute(trx)
    await sql`release savepoint job`.execute(trx)
    return (job) => job.reject(error)
  }
}

function unavailable(detail: string, cause?: unknown): ProblemError {
  return new ProblemError('unavailable', detail, { headers: { 'retry-after': '1' }, cause })
}
