import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { isObject } from '@arunika/protocol'

/** Which process it is, beyond its number, that others get after it. */
export interface ProcessIdentity {
  /** The host, since its last start, as far as this process sees it: two containers number their processes alike. */
  machine: string
  pid: number
  /** When it was started, in the kernel's own unit; `null` where the platform does not say. */
  startedAt: string | null
}

/** This process. */
export function thisProcess(): ProcessIdentity {
  const boot = orNull(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim())
  const namespace = orNull(() => readlinkSync('/proc/self/ns/pid'))
  const machine = [hostname(), boot, namespace].join(' ')
  return { machine, pid: process.pid, startedAt: readStat(process.pid)?.startedAt ?? null }
}

/** Reads what was written as JSON; `null` where it is no identity: damaged, or not yet written. */
export function parseIdentity(text: string): ProcessIdentity | null {
  const value = orNull(() => JSON.parse(text) as unknown)
  if (!isObject(value)) return null
  const { machine, pid, startedAt } = value
  if (typeof machine !== 'string' || !Number.isSafeInteger(pid) || (pid as number) <= 0) return null
  return { machine, pid: pid as number, startedAt: typeof startedAt === 'string' ? startedAt : null }
}

/** Whether a process is known to have ended; `false` where it lives or nobody here can know. */
export function isGone(other: ProcessIdentity, self: ProcessIdentity): boolean {
  if (other.machine !== self.machine) return false
  try {
    process.kill(other.pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
  const stat = readStat(other.pid)
  if (stat === null) return false
  return stat.isZombie || (other.startedAt !== null && stat.startedAt !== other.startedAt)
}

/** Of Linux alone. The name of the program, in parentheses, may hold anything; the numbered fields follow it. */
function readStat(pid: number): { isZombie: boolean; startedAt: string | null } | null {
  const text = orNull(() => readFileSync(`/proc/${pid}/stat`, 'latin1'))
  if (text === null) return null
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return { isZombie: fields[0] === 'Z' || fields[0] === 'X', startedAt: fields[19] ?? null }
}

function orNull<Value>(read: () => Value): Value | null {
  try {
    return read()
  } catch {
    return null
  }
}
