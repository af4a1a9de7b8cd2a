import { describe, expect, it } from 'vitest'
import { answered, failed, harness } from '../test/delivery-harness'
import { microtasks } from '../test/fake-clock'
import type { SavedWait, WaitStore } from './retry-wait'

describe('senders over one storage', () => {
  /** Two that send in turns, as two tabs do. */
  function two() {
    let turn = Promise.resolve()
    const exclusive = (exchange: () => Promise<void>) => (turn = turn.then(exchange))
    return [harness({ exclusive, flushAt: 1 }), harness({ exclusive, flushAt: 1 })] as const
  }

  it('send one at a time', async () => {
    const [left, right] = two()
    left.take('a')
    right.take('b')
    await microtasks()
    expect([left.requests.length, right.requests.length]).toEqual([1, 0])
    await left.last().reply(answered())
    expect(right.last().ids).toEqual(['b'])
  })

  it('do not send what another got an answer for while they waited for their turn', async () => {
    const [left, right] = two()
    for (const sender of [left, right]) sender.take('a')
    const flushed = right.delivery.flush()
    await microtasks()
    expect(right.delivery.forget(['a', 'unknown']).map(({ id }) => id)).toEqual(['a'])
    await left.last().reply(answered())
    await flushed
    expect(right.requests).toHaveLength(0)
    expect(right.delivered).toEqual([])
    right.take('b')
    await microtasks()
    expect(right.last().ids).toEqual(['b'])
  })

  it('wait as long as the one whose try failed, which one that begins does too', async () => {
    let saved: SavedWait | null = null
    const waitStore: WaitStore = { load: () => saved, save: (wait) => void (saved = wait) }
    const first = harness({ waitStore, flushAt: 1 })
    const other = harness({ waitStore, flushAt: 1 })
    first.take('a')
    await microtasks()
    await first.last().reply(failed(10_000))
    const heir = harness({ waitStore, flushAt: 1 })
    for (const sender of [other, heir]) {
      sender.take('b')
      await sender.clock.advance(10_499)
      expect(sender.requests).toHaveLength(0)
      await sender.clock.advance(1)
      expect(sender.requests).toHaveLength(1)
    }
    await heir.last().reply(failed())
    expect(saved).toMatchObject({ failures: 2, waitMs: 1_000, isAsked: false })
    await heir.clock.advance(1_000)
    await heir.last().reply(answered())
    expect(saved).toBeNull()
  })

  it.each([
    ['years ahead', { failures: 3, endsAt: Date.UTC(2030, 0, 1), waitMs: 1e12, isAsked: false }, 3_660_000],
    [
      'of a clock that was set back',
      { failures: 3, endsAt: Date.UTC(2027, 0, 1), waitMs: 900, isAsked: true },
      900,
    ],
    ['that has passed', { failures: 3, endsAt: Date.UTC(2025, 0, 1), waitMs: 900, isAsked: true }, 0],
  ])('wait no longer than there is a wait, whatever is saved: one %s', async (_, saved, waitMs) => {
    const { take, clock, requests } = harness({
      waitStore: { load: () => saved, save: () => undefined },
      flushAt: 1,
    })
    take('a')
    if (waitMs > 0) {
      await clock.advance(waitMs - 1)
      expect(requests).toHaveLength(0)
      await clock.advance(1)
    }
    await microtasks()
    expect(requests).toHaveLength(1)
  })

  it('may flush in a wait that another has begun, unless the server asked for it', async () => {
    for (const [isAsked, count] of [
      [false, 1],
      [true, 0],
    ] as const) {
      const saved = { failures: 1, endsAt: Date.UTC(2026, 0, 1) + 5_000, waitMs: 5_000, isAsked }
      const { take, delivery, requests } = harness({
        waitStore: { load: () => saved, save: () => undefined },
      })
      take('a')
      void delivery.flush()
      await microtasks()
      expect(requests).toHaveLength(count)
    }
  })
})

describe('a flush', () => {
  it('that finds another sender’s wait when its turn comes is told so, and does not hang', async () => {
    let saved: SavedWait | null = null
    let begin = () => {}
    const turn = new Promise<void>((resolve) => (begin = resolve))
    const { take, delivery } = harness({
      waitStore: { load: () => saved, save: () => undefined },
      exclusive: (exchange) => turn.then(exchange),
    })
    take('a')
    const flushed = delivery.flush()
    await microtasks()
    saved = { failures: 1, endsAt: Date.UTC(2026, 0, 2), waitMs: 3_600_000, isAsked: true }
    begin()
    await expect(flushed).rejects.toMatchObject({ code: 'retry_later' })
  })

  it('is one with those before it, until something is taken', async () => {
    const { take, delivery, last } = harness()
    take('a')
    const first = delivery.flush()
    expect(delivery.flush()).toBe(first)
    take('b')
    const second = delivery.flush()
    expect(second).not.toBe(first)
    await microtasks()
    await last().reply(answered())
    await Promise.all([first, second])
  })
})
