// The connection that writes, in a thread of its own: a statement is a message, and so is what it gives; one after the other. It is
// JavaScript since a thread is started from a file, and Node takes this one from the sources as from the build.
import { parentPort, workerData } from 'node:worker_threads'
import Database from 'libsql'

/** @type {Database.Database | undefined} */
let file

parentPort?.on('message', (/** @type {{ sql: string, parameters: unknown[] } | null} */ statement) => {
  if (statement === null) {
    file?.close()
    parentPort?.close()
    return
  }
  try {
    parentPort?.postMessage({ result: run(statement) })
  } catch (error) {
    // An error loses its code on the way.
    parentPort?.postMessage({ error: { message: String(error?.message ?? error), code: error?.code } })
  }
})

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

/** @param {{ sql: string, parameters: unknown[] }} statement */
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
