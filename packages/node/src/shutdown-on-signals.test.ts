import { constants } from 'node:os'
import { afterEach, expect, it, vi } from 'vitest'
import { shutdownOnSignals } from './shutdown-on-signals'

const SIGNAL = 'SIGUSR2'
const pid = process.pid

afterEach(() => {
  Object.defineProperty(process, 'pid', { value: pid })
  vi.restoreAllMocks()
})

// Signals of real processes are in the integration tests; none of those is the first of a container.
it.each([
  ['by the signal', pid, [[pid, SIGNAL]], []],
  [
    'by its exit code where it is the first of a container, whom no signal ends',
    1,
    [],
    [[128 + constants.signals[SIGNAL]]],
  ],
])('a process is ended %s', async (_, number, killed, exits) => {
  Object.defineProperty(process, 'pid', { value: number })
  const kill = vi.spyOn(process, 'kill').mockReturnValue(true)
  const exit = vi.spyOn(process, 'exit').mockReturnValue(undefined as never)
  const shutdown = vi.fn(() => Promise.resolve())
  shutdownOnSignals({ shutdown }, { signals: [SIGNAL], timeoutMs: 5 })
  process.emit(SIGNAL, SIGNAL)
  await vi.waitFor(() => expect(process.listenerCount(SIGNAL)).toBe(0))
  expect(shutdown).toHaveBeenCalledExactlyOnceWith({ timeoutMs: 5 })
  expect(kill.mock.calls).toEqual(killed)
  expect(exit.mock.calls).toEqual(exits)
})
