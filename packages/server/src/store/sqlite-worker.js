// The connection that writes, in a thread of its own: a list of statements is a message, and so is what they give; one after the
// other. It is JavaScript since a thread is started from a file, and Node takes this one from the sources as from the build.
import { parentPort, workerData } from 'node:worker_threads'
import Database from 'libsql'

/** @typedef {{ sql: string, parameters: unknown[] }} Statement */

/** @type {Database.Database | undefined} */
let file

/**
 * What has failed in the transaction under way, or as it should have begun: until it is undone nothing more is done, so that statements
 * may be sent without waiting for those before them.
 *
 * @type {unknown}
 */
let failure

parentPort?.on('message', (/** @type {Statement[] | null} */ statements) => {
  if (statements === null) {
    file?.close()
    parentPort?.close()
    return
  }
  try {
    parentPort?.postMessage({ results: statements.map(runInOrder) })
  } catch (error) {
    // An error loses its code on the way.
    parentPort?.postMessage({ error: { message: String(error?.message ?? error), code: error?.code } })
  }
})

/** @param {Statement} statement */
function runInOrder(statement) {
  if (/^rollback\b/.test(statement.sql)) failure = undefined
  if (failure !== undefined) throw failure
  const isInTransaction = file?.inTransaction === true || /^begin\b/.test(statement.sql)
  try {
    return run(statement)
  } catch (error) {
    if (isInTransaction) failure = error
    throw error
  }
}

/** With the first statement, which is told what fails. */
function open() {
  const opened = new Database(workerData.path)
  try {
    for (const pragma of workerData.pragmas) opened.pragma(pragma)
    return opened
  } catch (error) {
    opened.close()
    throw error
  }
}

/** @param {Statement} statement */
function run({ sql, parameters }) {
  file ??= open()
  // SQLite ends a transaction by itself where the disk is full or fails: what failed is to be told of, not this.
  if (sql === 'rollback' && !file.inTransaction) return { rows: [], changes: 0 }
  // Not prepared: a prepared one that has failed to get the lock stays open, and then no commit succeeds any more.
  if (parameters.length === 0 && /^(begin|commit|rollback)\b/.test(sql)) {
    file.exec(sql)
    return { rows: [], changes: 0 }
  }
  const prepared = file.prepare(sql)
  const [each] = parameters
  if (Array.isArray(each)) {
    const changed = each.map((row) => prepared.run(row).changes > 0)
    return { rows: [{ changed }], changes: 0 }
  }
  if (prepared.reader) return { rows: prepared.all(parameters), changes: 0 }
  return { rows: [], changes: prepared.run(parameters).changes }
}
