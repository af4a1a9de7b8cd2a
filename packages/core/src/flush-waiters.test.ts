import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { answered, failed, harness, ids, refused, tooLarge } from '../test/delivery-harness'
import { microtasks } from '../test/fake-clock'
import { MemoryStorage } from '../test/memory-storage'
import { itemOf } from '../test/item'

describe('flush', () => {
  it('sends what waits at once, and resolves when it is answered', async () => {
    const { take, delivery, last, delivered } = harness()
    take('a', 'b')
    const flushed = delivery.flush()
    await microtasks()
    expect(last().ids).toEqual(['a', 'b'])
    await last().reply(answered())
    await flushed
    expect(delivered).toEqual(['a', 'b'])
  })

  it('resolves at once where nothing waits, also after close', async () => {
    const { delivery, requests } = harness()
    await delivery.flush()
    delivery.close()
    await delivery.flush()
    expect(requests).toHaveLength(0)
  })

  it('waits for what an earlier life left', async () => {
    const storage = new MemoryStorage([itemOf('old')])
    const { delivery, last } = harness({ storage, flushIntervalMs: 10 ** 15 })
    const flushed = delivery.flush()
    await microtasks()
    await last().reply(answered())
    await flushed
    expect(storage.kept.size).toBe(0)
  })

  it('while a request is under way waits for the rest too, and not for what is taken later', async () => {
    const { take, delivery, last } = harness({ flushAt: 2, limits: { maxEvents: 2, maxBytes: 999 } })
    take('a', 'b')
    await microtasks()
    take('c')
    let isDone = false
    const flushed = delivery.flush().then(() => (isDone = true))
    await microtasks()
    await last().reply(answered())
    expect(isDone).toBe(false)
    expect(last().ids).toEqual(['c'])
    take('later')
    await last().reply(answered())
    await flushed
  })

  it('resolves where its last item is rejected, or taken out', async () => {
    const { take, delivery, last, outbox } = harness()
    take('a')
    const rejected = delivery.flush()
    await microtasks()
    await last().reply(refused)
    await rejected
    take('b')
    const cleared = delivery.flush()
    await microtasks()
    outbox.remove(['b'])
    await last().reply(failed())
    await cleared
    take('c')
    const clearedFirst = delivery.flush()
    outbox.remove(['c'])
    await clearedFirst
  })

  it('resolves where another takes out what is left before its turn', async () => {
    const { take, delivery, last, outbox } = harness({ limits: { maxEvents: 1, maxBytes: 999 } })
    take('a', 'b')
    const flushed = delivery.flush()
    await microtasks()
    outbox.remove(['b'])
    await last().reply(answered())
    await flushed
  })

  it('resolves where another takes everything out of a request that is to be halved', async () => {
    const { take, delivery, last, outbox } = harness()
    take('a', 'b')
    const flushed = delivery.flush()
    await microtasks()
    outbox.remove(['a', 'b'])
    await last().reply(tooLarge)
    await flushed
  })

  it('rejects all who wait with the reason when a try fails, and the items stay', async () => {
    const { take, delivery, last, outbox, errors } = harness()
    take('a')
    const flushes = [delivery.flush(), delivery.flush()]
    const settled = Promise.allSettled(flushes)
    await microtasks()
    await last().reply(failed())
    expect((await settled).map((result) => result.status)).toEqual(['rejected', 'rejected'])
    await expect(flushes[0]).rejects.toBe(errors[0])
    expect(outbox.size).toBe(1)
  })

  it('that nobody waits for is no unhandled rejection', async () => {
    const unhandled = vi.fn()
    process.on('unhandledRejection', unhandled)
    onTestFinished(() => void process.off('unhandledRejection', unhandled))
    const { take, delivery, last, errors } = harness()
    take('a')
    void delivery.flush()
    await microtasks()
    await last().reply(failed())
    expect(errors).toHaveLength(1)
    // Node tells of unhandled rejections before it takes the next turn.
    await new Promise((resolve) => setImmediate(resolve))
    expect(unhandled).not.toHaveBeenCalled()
  })

  it('does not wait out a backoff', async () => {
    const { take, delivery, last, requests, clock } = harness({ flushAt: 1 })
    take('a')
    await microtasks()
    await last().reply(failed())
    expect(clock.timers).toBe(1)
    const flushed = delivery.flush()
    await microtasks()
    expect(requests).toHaveLength(2)
    expect(clock.timers).toBe(0)
    await last().reply(answered())
    await flushed
  })

  it('sends nothing before the server wants it, and says how long that is', async () => {
    const { take, delivery, last, requests, clock } = harness({ flushAt: 1 })
    take('a')
    await microtasks()
    await last().reply(failed(30_000))
    clock.setBy(-3_600_000)
    await expect(delivery.flush()).rejects.toMatchObject({
      code: 'retry_later',
      message: 'The server asked to wait for another 31 s',
    })
    expect(requests).toHaveLength(1)
  })

  it('sends again once the wait that the server asked for is over', async () => {
    const { take, delivery, last, clock } = harness({ flushAt: 1 })
    take('a')
    await microtasks()
    await last().reply(failed(1_000))
    await clock.advance(1_500)
    const flushed = delivery.flush()
    await microtasks()
    await last().reply(answered())
    await flushed
  })

  it('during the first tick of a batch that is due makes no second request', async () => {
    const { take, delivery, requests, last } = harness({ flushAt: 1 })
    take('a')
    const flushed = delivery.flush()
    await microtasks()
    expect(requests).toHaveLength(1)
    await last().reply(answered())
    await flushed
  })

  it('after close rejects, and what waits stays', async () => {
    const { take, delivery, outbox } = harness()
    take('a')
    delivery.close()
    await expect(delivery.flush()).rejects.toMatchObject({ code: 'closed' })
    expect(outbox.size).toBe(1)
  })

  it('that waits when it is closed resolves by the request under way, or rejects', async () => {
    for (const limit of [1, 10]) {
      const { take, delivery, last } = harness({ limits: { maxEvents: limit, maxBytes: 9_999 } })
      take(...ids(2))
      const flushed = Promise.allSettled([delivery.flush()])
      await microtasks()
      delivery.close()
      await last().reply(answered())
      const expected = limit === 1 ? { reason: { code: 'closed' } } : { status: 'fulfilled' }
      expect(await flushed).toMatchObject([expected])
    }
  })
})

it('what an earlier life left has its turn though more is taken all the time than one request holds', async () => {
  const storage = new MemoryStorage(ids(300, 'old').map((id) => itemOf(id)))
  const { take, delivery, last, delivered } = harness({
    storage,
    limits: { maxEvents: 50, maxBytes: 9_999_999 },
  })
  await microtasks()
  let taken = 0
  const takeMore = () => take(...ids(60, `new${taken++}-`))
  for (let count = 0; count < 5; count++) takeMore()
  const done: string[] = []
  void delivery.flush().then(() => done.push('flush'))
  await microtasks()
  for (let requests = 0; done.length === 0 && requests < 200; requests++) {
    takeMore()
    await last().reply(answered())
  }
  expect(done).toEqual(['flush'])
  expect(delivered.filter((id) => id.startsWith('old'))).toHaveLength(300)
})

it('many flushes at once watch each item once, and are let go in their order', async () => {
  const { take, delivery, last, outbox } = harness({ flushAt: 1_000 })
  const done: number[] = []
  const flushes = [1, 2, 3].map((number) => {
    take(`e${number}`)
    return delivery.flush().then(() => done.push(number))
  })
  await microtasks()
  outbox.remove(['e2'])
  await last().reply(answered())
  await Promise.all(flushes)
  expect(done).toEqual([1, 2, 3])
})
