import { afterEach, describe, expect, it, vi } from 'vitest'
import { answered, failed, harness, ids, refused, tooLarge } from '../test/delivery-harness'
import { microtasks } from '../test/fake-clock'
import { itemOf } from '../test/item'
import { MemoryStorage } from '../test/memory-storage'

afterEach(() => vi.restoreAllMocks())

describe('a batch leaves', () => {
  it('when the oldest item has waited for the interval, and not before', async () => {
    const { clock, take, requests } = harness()
    take('a')
    await clock.advance(3_000)
    take('b')
    await clock.advance(1_999)
    expect(requests).toHaveLength(0)
    await clock.advance(1)
    expect(requests.map((request) => request.ids)).toEqual([['a', 'b']])
  })

  it('when enough items wait, together with what is taken in the same tick', async () => {
    const { take, requests } = harness()
    take(...ids(9))
    await microtasks()
    expect(requests).toHaveLength(0)
    take('x', 'y', 'z')
    await microtasks()
    expect(requests.map((request) => request.ids)).toEqual([[...ids(9), 'x', 'y', 'z']])
  })

  it('one at a time; what gathers meanwhile leaves in the next', async () => {
    const { take, requests, last } = harness()
    take(...ids(10))
    await microtasks()
    take(...ids(30, 'late'))
    await microtasks()
    expect(requests).toHaveLength(1)
    await last().reply(answered())
    expect(last().ids).toEqual(ids(30, 'late'))
  })

  it('with the items of one group, in the order in which they were taken', async () => {
    const { take, requests, last, delivery } = harness()
    take(itemOf('a'), itemOf('b'), itemOf('c', { group: 'other' }), itemOf('d'))
    const flushed = delivery.flush()
    await microtasks()
    while (requests.length < 3) await last().reply(answered())
    await last().reply(answered())
    await flushed
    expect(requests.map((request) => request.ids)).toEqual([['a', 'b'], ['c'], ['d']])
  })

  it('up to the limits of count and bytes', async () => {
    const limits = { maxEvents: 3, maxBytes: 300 }
    const { take, requests, last } = harness({ limits, flushAt: 1 })
    take(itemOf('a', { bytes: 100 }), itemOf('b', { bytes: 100 }), itemOf('c', { bytes: 10 }))
    take(...ids(4))
    await microtasks()
    while (requests.length < 3) await last().reply(answered())
    // 100 of the envelope, 100, a comma, 100 is one too many.
    expect(requests.map((request) => request.ids)).toEqual([['a'], ['b', 'c', 'e1'], ['e2', 'e3', 'e4']])
  })

  it('with one item alone that is larger than the limit, so that the server judges it', async () => {
    const { take, last, outbox, rejected } = harness({ limits: { maxEvents: 10, maxBytes: 150 }, flushAt: 2 })
    take(itemOf('large', { bytes: 500 }), 'b')
    await microtasks()
    expect(last().ids).toEqual(['large'])
    await last().reply(tooLarge)
    expect(rejected).toEqual(['large: body_too_large'])
    expect([...outbox.items()].map(({ id }) => id)).toEqual(['b'])
  })

  it('with the items of an earlier life first', async () => {
    const storage = new MemoryStorage([itemOf('old', { takenAt: 0 })])
    const { take, last } = harness({ storage })
    take('new')
    await microtasks()
    expect(last().ids).toEqual(['old', 'new'])
  })

  it('with new items although the storage never comes to read the old ones', async () => {
    const storage = new MemoryStorage()
    storage.onCall = () => new Promise(() => undefined)
    const { take, last, clock } = harness({ storage })
    take('a')
    await clock.advance(5_000)
    expect(last().ids).toEqual(['a'])
  })
})

describe('the clock', () => {
  it('set back by an hour delays an item by no more than one interval', async () => {
    const { clock, take, requests } = harness()
    take('a')
    await clock.advance(1_000)
    clock.setBy(-3_600_000)
    take('b')
    await clock.advance(4_000)
    expect(requests.map((request) => request.ids)).toEqual([['a', 'b']])
  })

  it('behind the time of an item of an earlier life delays it by no more than one interval', async () => {
    const storage = new MemoryStorage([itemOf('a', { takenAt: Date.UTC(2030, 0, 1) })])
    const { clock, take, requests } = harness({ storage })
    await clock.advance(2_500)
    take('b') // must not begin the interval anew
    await clock.advance(2_500)
    expect(requests.map((request) => request.ids)).toEqual([['a', 'b']])
  })

  it('set forward makes a batch leave early, once', async () => {
    const { clock, take, requests, last } = harness()
    take('a')
    clock.setBy(3_600_000)
    take('b')
    await microtasks()
    expect(requests.map((request) => request.ids)).toEqual([['a', 'b']])
    await last().reply(answered())
    expect(clock.timers).toBe(0)
  })

  it('has never more than one timer of a delivery, and none when nothing waits', async () => {
    const { clock, take, delivery, last } = harness()
    take(...ids(9))
    delivery.wake()
    expect(clock.timers).toBe(1)
    await clock.advance(5_000)
    expect(clock.timers).toBe(0)
    await last().reply(failed())
    take('x')
    expect(clock.timers).toBe(1)
    await clock.advance(60_000)
    await last().reply(answered())
    expect(clock.timers).toBe(0)
  })
})

describe('an answer', () => {
  it('takes the items out, tells of the good and the refused, and goes on', async () => {
    const storage = new MemoryStorage()
    const { take, last, outbox, delivered, rejected } = harness({ storage })
    take(...ids(10))
    await microtasks()
    await last().reply(answered([{ index: 3, code: 'invalid_event_type', detail: 'no' }]))
    expect(delivered).toEqual(ids(10).filter((id) => id !== 'e4'))
    expect(rejected).toEqual(['e4: invalid_event_type'])
    expect(outbox.size).toBe(0)
    expect(storage.kept.size).toBe(0)
  })

  it('that refuses the whole request rejects its items, and the next go on', async () => {
    const { take, last, delivered, rejected } = harness({
      limits: { maxEvents: 2, maxBytes: 9_999 },
      flushAt: 1,
    })
    take('a', 'b', 'c')
    await microtasks()
    await last().reply(refused)
    expect(rejected).toEqual(['a: invalid_batch', 'b: invalid_batch'])
    await last().reply(answered())
    expect(delivered).toEqual(['c'])
  })

  it('that the request is too large halves it, until one item stands alone', async () => {
    const { take, last, requests, rejected, delivered } = harness({ flushAt: 5 })
    take('a', 'poison', 'c', 'd', 'e')
    await microtasks()
    for (let step = 0; step < 20 && delivered.length + rejected.length < 5; step++) {
      const request = last()
      await request.reply(request.ids.includes('poison') ? tooLarge : answered())
    }
    expect(rejected).toEqual(['poison: body_too_large'])
    expect(delivered.sort()).toEqual(['a', 'c', 'd', 'e'])
    expect(requests.map((request) => request.ids.length).slice(0, 4)).toEqual([5, 3, 2, 1])
  })

  it('to a halved request doubles the next', async () => {
    const { take, last } = harness({ flushAt: 1 })
    take(...ids(64))
    await microtasks()
    await last().reply(tooLarge)
    await last().reply(tooLarge)
    expect(last().ids).toHaveLength(16)
    await last().reply(answered())
    expect(last().ids).toHaveLength(32)
  })

  it('to items that were taken out meanwhile tells of nothing', async () => {
    const { take, last, outbox, delivered } = harness({ flushAt: 2 })
    take('a', 'b')
    await microtasks()
    outbox.remove(['a'])
    await last().reply(answered())
    expect(delivered).toEqual(['b'])
  })
})

describe('whoever listens', () => {
  it.each([
    ['onAnswered', answered(), 2],
    ['onAnswered', refused, 2],
    ['onError', failed(1), 1],
  ] as const)('may throw in %s without stopping it', async (name, outcome, count) => {
    const error = vi.spyOn(console, 'error').mockReturnValue()
    const { take, last, requests } = harness({
      flushAt: 1,
      [name]: () => {
        throw new Error('listener')
      },
    })
    take('a')
    await microtasks()
    await last().reply(outcome)
    take('b')
    await microtasks()
    expect(error.mock.calls.flat()).toMatchObject([{ code: 'listener_failed' }])
    expect(requests).toHaveLength(count)
  })
})

describe('a request on exit', () => {
  it('takes what fits, may outlive the page, and leaves beside one under way', async () => {
    const { take, delivery, requests } = harness({ flushAt: 2 })
    take('a', 'b')
    await microtasks()
    take(itemOf('c', { bytes: 60_000 }))
    delivery.flushOnExit(1_000)
    expect(requests.map(({ ids, keepalive }) => ({ ids, keepalive }))).toEqual([
      { ids: ['a', 'b'], keepalive: false },
      { ids: ['a', 'b'], keepalive: true },
    ])
  })

  it('tells of an item that travelled twice once, whichever answer comes first', async () => {
    for (const order of [
      [0, 1],
      [1, 0],
    ]) {
      const { take, delivery, requests, delivered, rejected, outbox } = harness({ flushAt: 2 })
      take('a', 'b')
      await microtasks()
      delivery.flushOnExit(65_536)
      for (const index of order)
        await requests[index]!.reply(answered([{ index: 1, code: 'no', detail: '' }]))
      expect([...delivered, ...rejected]).toEqual(['a', 'b: no'])
      expect(outbox.size).toBe(0)
    }
  })

  it.each([10_000, null])(
    'is not made where nothing waits or fits, a try failed, or it is closed',
    async (ms) => {
      const { take, delivery, requests, last } = harness({ flushAt: 1 })
      delivery.flushOnExit(65_536)
      take(itemOf('large', { bytes: 70_000 }))
      delivery.flushOnExit(65_536)
      await microtasks()
      await last().reply(failed(ms))
      delivery.flushOnExit(1_048_576)
      delivery.close()
      delivery.flushOnExit(1_048_576)
      await microtasks()
      expect(requests).toHaveLength(1)
    },
  )

  it.each([
    ['answered', answered()],
    ['refused', refused],
    ['too large', tooLarge],
    ['failed without a wait', failed()],
  ])('that is %s does not end the wait that the server has asked for meanwhile', async (_, outcome) => {
    const { take, delivery, requests, clock } = harness({ flushAt: 2 })
    take('a', 'b')
    await microtasks()
    delivery.flushOnExit(65_536)
    await requests[0]!.reply(failed(10_000))
    await requests[1]!.reply(outcome)
    take('c', 'd')
    await clock.advance(9_999)
    await expect(delivery.flush()).rejects.toMatchObject({ code: 'retry_later' })
    expect(requests).toHaveLength(2)
    await clock.advance(1_001)
    expect(requests).toHaveLength(3)
  })

  it('after which the server asks to wait makes one under way wait too, once it is answered', async () => {
    const { take, delivery, requests, clock } = harness({ flushAt: 2 })
    take('a', 'b')
    await microtasks()
    delivery.flushOnExit(65_536)
    await requests[1]!.reply(failed(10_000))
    await requests[0]!.reply(answered())
    take('c', 'd')
    await clock.advance(9_999)
    expect(requests).toHaveLength(2)
    await clock.advance(1_001)
    expect(requests[2]?.ids).toEqual(['c', 'd'])
  })

  it('that the server answers ends the wait, so that the rest follows', async () => {
    const { take, delivery, requests, last } = harness({ flushAt: 1 })
    take(itemOf('a'), itemOf('b', { group: 'other' }))
    await microtasks()
    delivery.flushOnExit(65_536)
    await requests[0]!.reply(failed())
    await last().reply(answered())
    expect(requests.map((request) => request.ids)).toEqual([['a'], ['a'], ['b']])
  })
})

describe('close', () => {
  it('stops the timer, and what is taken later is not sent', async () => {
    const { take, delivery, clock, requests, outbox } = harness()
    take('a')
    delivery.close()
    take(...ids(20))
    await clock.advance(600_000)
    expect(requests).toHaveLength(0)
    expect(clock.timers).toBe(0)
    expect(outbox.size).toBe(21)
  })

  it('lets a request under way end: its answer counts, and nothing follows', async () => {
    const { take, delivery, last, requests, delivered, outbox } = harness({
      limits: { maxEvents: 1, maxBytes: 999 },
      flushAt: 1,
    })
    take('a', 'b')
    await microtasks()
    delivery.close()
    await last().reply(answered())
    expect(delivered).toEqual(['a'])
    expect(requests).toHaveLength(1)
    expect(outbox.size).toBe(1)
  })

  it('in the tick in which a batch became due sends nothing', async () => {
    const { take, delivery, requests } = harness({ flushAt: 1 })
    take('a')
    delivery.close()
    await microtasks()
    expect(requests).toHaveLength(0)
  })

  it('begins no wait when the request under way fails', async () => {
    const { take, delivery, last, clock, errors } = harness({ flushAt: 1 })
    take('a')
    await microtasks()
    delivery.close()
    await last().reply(failed())
    expect(errors).toHaveLength(1)
    expect(clock.timers).toBe(0)
  })
})

describe('a probe', () => {
  it('is the first request, and the one after a failure; answers lead back to the full size', async () => {
    const { take, last, requests, clock } = harness({
      probeItems: 10,
      limits: { maxEvents: 40, maxBytes: 10 ** 6 },
    })
    take(...ids(200))
    await microtasks()
    for (const outcome of [answered(), answered(), failed(), answered(), answered(), answered()]) {
      await last().reply(outcome)
      await clock.advance(500)
    }
    expect(requests.map((request) => request.ids.length)).toEqual([10, 20, 40, 10, 20, 40, 40])
  })
})
