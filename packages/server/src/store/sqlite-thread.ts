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

import type { Trx } from './writer'

/** What the thread answers to a statement. */
type Answer =
  { result: { rows: unknown[]; changes: number } } | { error: { message: string; code: string | undefined } }

interface Asked {
  resolve: (result: QueryResult<never>) => void
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
      executeQuery: (query) => this.#ask(query),
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
  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
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

  #ask<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== null) {
        reject(this.#failure)
        return
      }
      this.#asked.push({ resolve, reject })
      this.#worker.postMessage({ sql, parameters })
    })
  }

  #answered(answer: Answer): void {
    const asked = this.#asked.shift()
    if ('error' in answer)
      asked?.reject(Object.assign(new Error(answer.error.message), { code: answer.error.code }))
    else
      asked?.resolve({ rows: answer.result.rows as never[], numAffectedRows: BigInt(answer.result.changes) })
  }

  /** Nothing is known of what was asked, and nothing more will be answered. */
  #fail(error: Error): void {
    this.#failure ??= error
    for (const { reject } of this.#asked.splice(0)) reject(this.#failure)
  }
}
