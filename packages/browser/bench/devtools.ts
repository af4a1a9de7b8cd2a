import { spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'

/** A Chromium, spoken to by the DevTools protocol. */
export interface DevTools {
  /** Calls a method, of the browser itself or, by its session, of a page. */
  send<Result = unknown>(method: string, params?: object, sessionId?: string): Promise<Result>
  /** Resolves with the parameters of the next event of this name. */
  next<Params = unknown>(event: string): Promise<Params>
  /** Ends the browser and resolves when its process is gone. */
  close(): Promise<void>
}

interface Message {
  id?: number
  method?: string
  params?: unknown
  result?: unknown
  error?: { message: string }
}

/** How long the browser may take to end by itself, in milliseconds; what it has stored is complete then. */
const END_TIMEOUT_MS = 10_000

/**
 * Starts a Chromium. Not by Playwright, which watches the network of every page that it opens: for that the page's main thread
 * copies the body of each request for the watcher, which may take longer than all that the SDK does.
 */
export function launchChromium(path: string, args: string[]): DevTools {
  const child = spawn(
    path,
    [...args, '--headless', '--remote-debugging-pipe', '--no-first-run', 'about:blank'],
    {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    },
  )
  const input = child.stdio[3] as Writable
  const output = child.stdio[4] as Readable
  const killOnExit = () => void child.kill('SIGKILL')
  // Before its data is removed.
  process.prependOnceListener('exit', killOnExit)
  const calls = new Map<number, { resolve: (result: unknown) => void; reject: (reason: Error) => void }>()
  const listeners = new Map<string, ((params: unknown) => void)[]>()
  const ended = new Promise<void>((resolve) => {
    const end = (reason: Error) => {
      process.off('exit', killOnExit)
      for (const { reject } of calls.values()) reject(reason)
      calls.clear()
      resolve()
    }
    child.on('error', end)
    child.on('exit', () => end(new Error('the browser has ended')))
  })
  // It may be gone before its last answer is read.
  input.on('error', () => undefined)

  function receive(message: Message): void {
    if (message.id !== undefined) {
      const call = calls.get(message.id)
      calls.delete(message.id)
      if (message.error === undefined) call?.resolve(message.result)
      else call?.reject(new Error(message.error.message))
    } else if (message.method !== undefined) {
      const waiting = listeners.get(message.method) ?? []
      listeners.delete(message.method)
      for (const listener of waiting) listener(message.params)
    }
  }

  let unread: Buffer[] = []
  output.on('data', (chunk: Buffer) => {
    // A message ends with a NUL.
    let rest = chunk
    for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
      const text = Buffer.concat([...unread, rest.subarray(0, end)]).toString()
      unread = []
      rest = rest.subarray(end + 1)
      receive(JSON.parse(text) as Message)
    }
    if (rest.length > 0) unread.push(rest)
  })

  let lastId = 0
  const send: DevTools['send'] = (method, params = {}, sessionId) => {
    const id = ++lastId
    const answer = new Promise((resolve, reject) => calls.set(id, { resolve, reject }))
    input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`)
    return answer as never
  }
  return {
    send,
    next: (event) =>
      new Promise((resolve) => {
        const waiting = listeners.get(event) ?? []
        listeners.set(event, [...waiting, (params) => resolve(params as never)])
      }),
    async close() {
      send('Browser.close').catch(() => undefined)
      const timer = setTimeout(() => child.kill('SIGKILL'), END_TIMEOUT_MS)
      await ended
      clearTimeout(timer)
    },
  }
}
