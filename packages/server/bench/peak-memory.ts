import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

/** The most resident memory that a process has had, in MB; where the system does not keep that, what it has now. */
export async function peakMemoryMb(pid: number): Promise<number> {
  if (process.platform === 'linux') {
    const status = await readFile(`/proc/${pid}/status`, 'utf8')
    return kilobytesToMb(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1])
  }
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)])
  return kilobytesToMb(stdout.trim())
}

function kilobytesToMb(text: string | undefined): number {
  return Number(text) / 1_024
}
