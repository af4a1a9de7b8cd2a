import { DeliveryError, type Clock } from '@arunika/core'
import { describe, expect, it } from 'vitest'
import { drain, type DrainOptions } from './drain'

/** A delivery whose flushes end as scripted, and a clock on which every wait is over at once. */
function setUp(flushes: (DeliveryError | 'delivered' | 'hangs')[]) {
  const waits: number[] = []
  const deadline = new AbortController()
  const outbox = { size: 1 }
  const clock: Clock = {
    now: () => 0,
    after(ms, callback) {
      waits.push(ms)
      queueMicrotask(callback)
      return () => undefined
    },
  }
  const flush = async () => {
    const next = flushes.shift()
    if (next === undefined) deadline.abort()
    if (next === undefined || next === 'hangs') return new Promise<void>(() => undefined)
    if (next !== 'delivered') throw next
    outbox.size = 0
  }
  const options = { outbox, delivery: { flush }, clock, random: () => 0.999, deadline: deadline.signal }
  return { run: () => drain(options as DrainOptions), waits, outbox, deadline }
}

const failed = () => new DeliveryError('network_failed', 'no answer')
const later = () => new DeliveryError('retry_later', 'not yet')

describe('drain', () => {
  it('does nothing where nothing waits', async () => {
    const { run, outbox, waits } = setUp([])
    outbox.size = 0
    await run()
    expect(waits).toEqual([])
  })

  it('tries again after waits that begin short and grow', async () => {
    const { run, waits, outbox } = setUp([failed(), failed(), failed(), 'delivered'])
    await run()
    expect(outbox.size).toBe(0)
    expect(waits).toEqual([999, 1998, 3996])
  })

  it('asks again within a second while the server wants to be left alone', async () => {
    const { run, waits } = setUp([later(), later(), later(), 'delivered'])
    await run()
    expect(waits).toEqual([999, 999, 999])
  })

  it('resolves when the time is over, though a flush hangs', async () => {
    const { run, deadline, outbox } = setUp(['hangs'])
    const drained = run()
    deadline.abort()
    await drained
    expect(outbox.size).toBe(1)
  })

  it('resolves when the time is over between two tries', async () => {
    const { run, outbox } = setUp([failed(), failed()])
    await run()
    expect(outbox.size).toBe(1)
  })
})
