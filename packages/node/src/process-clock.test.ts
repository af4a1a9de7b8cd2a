import { afterEach, expect, test, vi } from 'vitest'
import { createProcessClock } from './process-clock'

afterEach(() => void vi.restoreAllMocks())

test('keeps no process alive, however long it waits', () => {
  const setTimeout = vi.spyOn(globalThis, 'setTimeout')
  createProcessClock().after(10 ** 15, () => undefined)()
  expect(setTimeout).toHaveBeenCalledWith(expect.any(Function), 2 ** 31 - 1)
  const timer = setTimeout.mock.results[0]?.value as NodeJS.Timeout
  expect(timer.hasRef()).toBe(false)
})
