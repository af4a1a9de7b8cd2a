import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/**
 * Runs a file of this folder in a process of its own, which is given options and sends one answer. It ends then, or with this
 * process.
 *
 * @throws Error where it fails, or says nothing in time.
 */
export async function runApart<Answer>(
  file: string,
  options: object,
  { timeoutMs }: { timeoutMs: number },
): Promise<Answer> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const end = () => child.kill('SIGKILL')
  process.prependOnceListener('exit', end)
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-1_000)))
  const patience = new AbortController()
  const answer = once(child, 'message', { signal: patience.signal })
  const ended = once(child, 'close').then(() => Promise.reject(new Error(`${file} ended: ${said}`)))
  const hung = sleep(timeoutMs, undefined, { signal: patience.signal }).then(() =>
    Promise.reject(new Error(`${file} said nothing for ${timeoutMs / 1_000} s: ${said}`)),
  )
  for (const promise of [answer, ended, hung]) promise.catch(() => undefined)
  child.send(options)
  try {
    const [message] = (await Promise.race([answer, ended, hung])) as [Answer]
    return message
  } finally {
    patience.abort()
    process.off('exit', end)
    end()
    await ended.catch(() => undefined)
  }
}
