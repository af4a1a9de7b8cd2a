import { describe, expect, it } from 'vitest'
import { createBackpressure } from './backpressure'

function setUp() {
  const waiting = { items: 0, bytes: 0 }
  const calls = { drain: 0 }
  const backpressure = createBackpressure({
    outbox: { waiting },
    maxItems: 100,
    maxBytes: 1_000,
    onDrain: () => calls.drain++,
  })
  return { waiting, calls, backpressure }
}

describe.each([
  ['items', 100],
  ['bytes', 1_000],
] as const)('a producer of %s', (unit, max) => {
  it('may go on up to half of the bound', () => {
    const { waiting, backpressure } = setUp()
    waiting[unit] = max / 2
    expect(backpressure.mayGoOn()).toBe(true)
    waiting[unit] = max / 2 + 1
    expect(backpressure.mayGoOn()).toBe(false)
    waiting[unit] = max
    expect(backpressure.mayGoOn()).toBe(false)
  })

  it('that was stopped hears once when no more than a quarter waits', () => {
    const { waiting, calls, backpressure } = setUp()
    waiting[unit] = max
    backpressure.mayGoOn()
    backpressure.mayGoOn()
    waiting[unit] = max / 4 + 1
    backpressure.relax()
    expect(calls.drain).toBe(0)
    waiting[unit] = max / 4
    backpressure.relax()
    backpressure.relax()
    expect(calls.drain).toBe(1)
  })

  it('that goes on below half without having heard hears all the same', () => {
    const { waiting, calls, backpressure } = setUp()
    waiting[unit] = max
    backpressure.mayGoOn()
    waiting[unit] = max / 2
    expect(backpressure.mayGoOn()).toBe(true)
    waiting[unit] = 0
    backpressure.relax()
    expect(calls.drain).toBe(1)
  })
})

describe('a producer', () => {
  it('waits for both bounds', () => {
    const { waiting, calls, backpressure } = setUp()
    Object.assign(waiting, { items: 100, bytes: 1_000 })
    backpressure.mayGoOn()
    waiting.items = 0
    backpressure.relax()
    expect(calls.drain).toBe(0)
    waiting.bytes = 0
    backpressure.relax()
    expect(calls.drain).toBe(1)
  })

  it('that was never stopped hears nothing', () => {
    const { waiting, calls, backpressure } = setUp()
    waiting.items = 50
    backpressure.mayGoOn()
    waiting.items = 0
    backpressure.relax()
    backpressure.release()
    expect(calls.drain).toBe(0)
  })

  it('is let go at the end, whatever waits, and once', () => {
    const { waiting, calls, backpressure } = setUp()
    waiting.items = 100
    backpressure.mayGoOn()
    backpressure.release()
    backpressure.release()
    backpressure.relax()
    expect(calls.drain).toBe(1)
  })

  it('is stopped again after it heard', () => {
    const { waiting, calls, backpressure } = setUp()
    for (const times of [1, 2]) {
      waiting.items = 100
      expect(backpressure.mayGoOn()).toBe(false)
      waiting.items = 0
      backpressure.relax()
      expect(calls.drain).toBe(times)
    }
  })
})
