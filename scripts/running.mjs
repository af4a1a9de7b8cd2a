// Which programs of `npm start` run on the data of this folder, those that a start which was killed has left included.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './workspace.mjs'

const folder = join(root, '.arunika/running')

/** @param {string} script a part of the process's command line that tells it from others */
export function noteRunning(pid, script) {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, String(pid)), script)
}

export function noteEnded(pid) {
  rmSync(join(folder, String(pid)), { force: true })
}

/** @returns {number[]} the ids of the other processes that were noted and still run */
export function othersRunning() {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((pid) => Number(pid) !== process.pid && isRunning(pid))
    .map(Number)
}

function isRunning(pid) {
  try {
    process.kill(Number(pid), 0)
    const commandLine = `/proc/${pid}/cmdline`
    // Where the system tells, the id must not belong to something else by now.
    const script = readFileSync(join(folder, pid), 'utf8')
    return !existsSync(commandLine) || readFileSync(commandLine, 'utf8').includes(script)
  } catch (error) {
    return error.code === 'EPERM' // somebody else's, and alive
  }
}
