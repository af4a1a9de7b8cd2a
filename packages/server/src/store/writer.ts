import { sql, type Transaction } from 'kysely'
import { ProblemError } from '../errors/problem-error'
import type { Db } from './open-database'
import type { Schema } from './schema'
import { isUnavailable } from './unavailable'

export type Trx = Transaction<Schema>

/** Work in a transaction. What it has written is undone where it throws. */
export type Job<Result> = (trx: Trx) => Promise<Result>

/** Work on what several requests brought, in one transaction: gives a result for each item, in their order. */
export type JointJob<Item, Result> = (trx: Trx, items: Item[]) => Promise<Result[]>

interface Waiting {
  /** Items of the same work that wait together are one call of it. */
  work: JointJob<unknown, unknown>
  item: unknown
  rows: number
  resolve: (result: unknown) => void
  reject: (reason: unknown) => void
}

/** What may wait for a commit. Above either a request is refused with 503, before memory runs out. */
const MAX_WAITING = { jobs: 10_000, rows: 100_000 }

/** What one transaction takes, so that none waits long for the commit of a big one; a job that is larger has one of its own. */
const MAX_PER_COMMIT = { jobs: 256, rows: 2_000 }

/** Fewer jobs than these are never parted: a flush of the disk costs more than what they would gain. */
const MIN_PARTED_JOBS = 8

/**
 * The only way to write. What concurrent requests bring is gathered into one transaction (group commit), and each is told of
 * its result after the commit, never before.
 */
export class Writer {
  readonly #db: Db
  readonly #onCommit: (seconds: number) => void
  #waiting: Waiting[] = []
  #waitingRows = 0
  /** Jobs of the last commit: their callers have been answered, and may be on their way back. */
  #lastJobs = 0
  #running: Promise<void> | null = null

  /** @param onCommit - Called after each commit, with how long its transaction took. */
  constructor(db: Db, onCommit: (seconds: number) => void) {
    this.#db = db
    this.#onCommit = onCommit
  }

  /**
   * Runs a job in the next transaction that has room for it; resolves after its commit.
   *
   * @throws {@link ProblemError} `unavailable` where too much waits, or where the database cannot begin or commit a
   * transaction; whatever the job throws.
   */
  write<Result>(job: Job<Result>): Promise<Result> {
    return this.writeJointly(async (trx: Trx) => [await job(trx)], null, 1)
  }

  /**
   * As {@link Writer.write}, for work that costs less for many items at once than for one after another: the items that
   * wait at the same time are one call of it. Where that fails, each item is tried alone, so that one costs the others nothing.
   *
   * @param rows - How much the item is to write, about; the length of a commit is bounded by it.
   */
  writeJointly<Item, Result>(work: JointJob<Item, Result>, item: Item, rows: number): Promise<Result> {
    if (this.#waiting.length >= MAX_WAITING.jobs || this.#waitingRows + rows > MAX_WAITING.rows) {
      return Promise.reject(unavailable('Too many requests wait for the database'))
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({
        work: work as JointJob<unknown, unknown>,
        item,
        rows,
        resolve: (result) => resolve(result as Result),
        reject,
      })
      this.#waitingRows += rows
      this.#running ??= this.#run()
    })
  }

  /** What waits for a commit. */
  get waiting(): { jobs: number; rows: number } {
    return { jobs: this.#waiting.length, rows: this.#waitingRows }
  }

  /** Resolves when nothing waits. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      // Requests that arrive in this turn of the event loop share the commit.
      await new Promise((resolve) => setImmediate(resolve))
      await this.#commit(this.#take())
    }
    this.#lastJobs = 0
    this.#running = null
  }

  /**
   * The jobs of the next commit: at least one, and no more than fit. Of many callers who wait for their answer before they send
   * again, half: the other half is read while the database works. Else this thread and that of the database would take turns.
   */
  #take(): Waiting[] {
    const half = Math.max(Math.ceil((this.#waiting.length + this.#lastJobs) / 2), MIN_PARTED_JOBS)
    const jobs = Math.min(half, MAX_PER_COMMIT.jobs)
    let count = 0
    let rows = 0
    for (const job of this.#waiting) {
      if (count > 0 && (count === jobs || rows + job.rows > MAX_PER_COMMIT.rows)) break
      count++
      rows += job.rows
    }
    this.#waitingRows -= rows
    this.#lastJobs = count
    return this.#waiting.splice(0, count)
  }

  async #commit(jobs: Waiting[]): Promise<void> {
    let tellings: (() => void)[]
    const start = performance.now()
    try {
      tellings = await this.#db.transaction().execute(async (trx) => {
        const tellings: (() => void)[] = []
        for (const together of byWork(jobs)) {
          tellings.push(...(await attempt(trx, together)))
        }
        return tellings
      })
    } catch (error) {
      for (const job of jobs) job.reject(unavailable('The database cannot be written', error))
      return
    }
    for (const tell of tellings) tell()
    this.#onCommit((performance.now() - start) / 1_000)
  }
}

function byWork(jobs: Waiting[]): Iterable<Waiting[]> {
  const groups = new Map<unknown, Waiting[]>()
  for (const job of jobs) {
    const group = groups.get(job.work)
    if (group) group.push(job)
    else groups.set(job.work, [job])
  }
  return groups.values()
}

/** Where a job begins. Nothing releases it: the next job's hides it, and the commit ends all. */
export const SAVEPOINT = 'savepoint job'

/**
 * Runs work in a savepoint: what fails must not cost the others. Gives what tells each of its end, once the commit is made.
 *
 * @throws where the database can take nothing at present, for whatever job.
 */
async function attempt(trx: Trx, jobs: Waiting[]): Promise<(() => void)[]> {
  const [first] = jobs
  if (first === undefined) return []
  await sql.raw(SAVEPOINT).execute(trx)
  try {
    const results = await first.work(
      trx,
      jobs.map(({ item }) => item),
    )
    return jobs.map((job, index) => () => job.resolve(results[index]))
  } catch (error) {
    if (isUnavailable(error)) throw error
    // Fails in its turn where the database has given up the whole transaction.
    await sql`rollback to savepoint job`.execute(trx)
    if (jobs.length === 1) return [() => first.reject(error)]
  }
  const tellings: (() => void)[] = []
  for (const job of jobs) tellings.push(...(await attempt(trx, [job])))
  return tellings
}

function unavailable(detail: string, cause?: unknown): ProblemError {
  return new ProblemError('unavailable', detail, { headers: { 'retry-after': '1' }, cause })
}
