import { constants } from 'node:os'
import { checkInteger, MAX_TIMER_MS } from '@arunika/core'

/** How a process that gets a signal shuts its client down. */
export interface SignalOptions {
  /** @defaultValue `['SIGTERM', 'SIGINT']` */
  signals?: NodeJS.Signals[] | undefined
  /**
   * How long the shutdown may take, in milliseconds.
   * @defaultValue 10000
   */
  timeoutMs?: number | undefined
}

/** Marks these listeners also where two copies of the package are loaded. */
const OURS = Symbol.for('arunika.shutdownOnSignals')

/**
 * Shuts a client down when the process gets a signal, and then lets the signal do what it does by default. Where the app listens for
 * that signal too, the process is the app's to end; it should wait for `shutdown()` itself then, which resolves with this one. A
 * second signal ends the process at once.
 *
 * @returns A function that removes the listeners again.
 * @throws OptionsError where `timeoutMs` is wrong.
 * @example
 * const arunika = new Arunika({ appId, apiKey, endpoint })
 * shutdownOnSignals(arunika, { timeoutMs: 5_000 })
 */
export function shutdownOnSignals(
  client: { shutdown: (options: { timeoutMs?: number | undefined }) => Promise<void> },
  options: SignalOptions = {},
): () => void {
  const { signals = ['SIGTERM', 'SIGINT'] } = options
  const timeoutMs = checkInteger('timeoutMs', options.timeoutMs ?? 10_000, 0, MAX_TIMER_MS)
  let isAsked = false

  function listener(signal: NodeJS.Signals): void {
    const isAlone = process.listeners(signal).every((other) => OURS in other)
    if (isAsked && isAlone) end(signal)
    if (isAsked) return
    isAsked = true
    void client.shutdown({ timeoutMs }).finally(() => {
      remove()
      // The last of several clients.
      if (isAlone && process.listenerCount(signal) === 0) raise(signal)
    })
  }

  function end(signal: NodeJS.Signals): void {
    for (const one of process.listeners(signal)) process.off(signal, one)
    raise(signal)
  }

  function remove(): void {
    for (const signal of signals) process.off(signal, listener)
  }

  Object.defineProperty(listener, OURS, { value: true })
  // First in line, while the listeners of others are there to be seen that are called once.
  for (const signal of signals) process.prependListener(signal, listener)
  return remove
}

function raise(signal: NodeJS.Signals): void {
  // A signal that the first process of a container does not listen for does nothing there.
  if (process.pid === 1) process.exit(128 + constants.signals[signal])
  else process.kill(process.pid, signal)
}
