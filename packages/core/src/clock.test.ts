import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { systemClock } from './clock'

beforeEach(() => void vi.useFakeTimers({ now: 1_000 }))
afterEach(() => void vi.useRealTimers())

describe('the system clock', () => {
  it('says the time, and calls back once after a while', () => {
    const callback = vi.fn()
    systemClock.after(50, callback)
    vi.advanceTimersByTime(49)
    expect(callback).not.toHaveBeenCalled()
    vi.advanceTimersByTime(500)
    expect(callback).toHaveBeenCalledOnce()
    expect(systemClock.now()).toBe(1_549)
  })

  it('does not call back what was cancelled, also twice', () => {
    const callback = vi.fn()
    const cancel = systemClock.after(50, callback)
    cancel()
    cancel()
    vi.advanceTimersByTime(100)
    expect(callback).not.toHaveBeenCalled()
  })

  it.each([Infinity, 2 ** 31, 10 ** 15])('takes %d ms for a long time, not for none', (ms) => {
    const callback = vi.fn()
    const setTimeout = vi.spyOn(globalThis, 'setTimeout')
    systemClock.after(ms, callback)()
    expect(setTimeout).toHaveBeenCalledWith(callback, 2 ** 31 - 1)
  })
})
