import { Worker } from 'node:worker_threads'
import {
  CompiledQuery,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely'
import { isPostgres } from './dialect'
import { SAVEPOINT, type Trx } from './writer'

/** What the thread answers to some statements. */
type Answer =
  | { results: { rows: unknown[]; changes: number }[] }
  | { error: { message: string; code: string | undefined } }

interface Asked {
  resolve: (results: QueryResult<never>[]) => void
  reject: (error: Error) => void
}

/** SQLite in a thread of its own, so that neither a commit nor what it waits for stops the answering of requests. */
export function sqliteThread(path: string, pragmas: string[]): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new ThreadDriver(path, pragmas),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
}

/** Runs a statement once for each list of parameters; tells of each whether it has changed anything. */
export async function runEach(trx: Trx, statement: string, parameters: unknown[][]): Promise<boolean[]> {
  const { rows } = await trx.executeQuery<{ changed: boolean[] }>(CompiledQuery.raw(statement, [parameters]))
  return rows[0]?.changed ?? []
}

/** Runs statements one after the other, on SQLite without an answer in between. */
export async function runAll(trx: Trx, queries: readonly CompiledQuery[]): Promise<void> {
  if (isPostgres(trx)) for (const query of queries) await trx.executeQuery(query)
  else await trx.executeQuery(CompiledQuery.raw('', [new Together(queries)]))
}

/** Statements that go to the thread in one message. */
class Together {
  readonly queries: readonly CompiledQuery[]

  constructor(queries: readonly CompiledQuery[]) {
    this.queries = queries
  }
}

/** The one connection of a thread; who wants it waits for who has it. */
class ThreadDriver implements Driver {
  readonly #worker: Worker
  /** In the order in which the thread answers. */
  readonly #asked: Asked[] = []
  readonly #connection: DatabaseConnection
  #failure: Error | null = null
  #free: Promise<void> = Promise.resolve()
  #release: () => void = () => undefined

  constructor(path: string, pragmas: string[]) {
    this.#worker = new Worker(new URL('./sqlite-worker.js', import.meta.url), {
      workerData: { path, pragmas },
    })
    this.#worker.on('message', (answer: Answer) => this.#answered(answer))
    this.#worker.on('error', (error) => this.#fail(error))
    this.#worker.on('exit', () => this.#fail(new Error('The thread of the database has ended')))
    this.#connection = {
      executeQuery: (query) => this.#execute(query),
      streamQuery() {
        throw new Error('This connection writes: it streams nothing')
      },
    }
  }

  init(): Promise<void> {
    return Promise.resolve()
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#free
    let release: () => void = () => undefined
    this.#free = new Promise((resolve) => (release = resolve))
    await before
    this.#release = release
    return this.#connection
  }

  releaseConnection(): Promise<void> {
    this.#release()
    return Promise.resolve()
  }

  /**
   * Takes the write lock. A transaction that begins with a read and writes later fails at once where another process (the command
   * line) has written in between, whatever the busy timeout.
   */
  beginTransaction(): Promise<void> {
    this.#send('begin immediate')
    return Promise.resolve()
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'))
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('rollback'))
  }

  async destroy(): Promise<void> {
    if (this.#failure !== null) return
    await new Promise<void>((resolve) => {
      this.#worker.once('exit', () => resolve())
      this.#worker.postMessage(null)
    })
  }

  async #execute<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    if (query.sql === SAVEPOINT) {
      this.#send(query.sql)
      return { rows: [] }
    }
    const [first] = query.parameters
    if (first instanceof Together) {
      await this.#ask(first.queries)
      return { rows: [] }
    }
    const [result] = await this.#ask([query])
    return result as QueryResult<Row>
  }

  /** What waits for no answer: where it fails, the thread fails whatever follows until that is undone. */
  #send(statement: string): void {
    this.#ask([CompiledQuery.raw(statement)]).catch(() => undefined)
  }

  #ask(queries: readonly CompiledQuery[]): Promise<QueryResult<unknown>[]> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== null) {
        reject(this.#failure)
        return
      }
      this.#asked.push({ resolve, reject })
      this.#worker.postMessage(queries.map(({ sql, parameters }) => ({ sql, parameters })))
    })
  }

  #answered(answer: Answer): void {
    const asked = this.#asked.shift()
    if ('error' in answer)
      asked?.reject(Object.assign(new Error(answer.error.message), { code: answer.error.code }))
    else
      asked?.resolve(
        answer.results.map(({ rows, changes }) => ({
          rows: rows as never[],
          numAffectedRows: BigInt(changes),
        })),
      )
  }

  /** Nothing is known of what was asked, and nothing more will be answered. */
  #fail(error: Error): void {
    this.#failure ??= error
    for (const { reject } of this.#asked.splice(0)) reject(this.#failure)
  }
}
