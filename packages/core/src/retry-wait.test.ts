import { RETRY_WAITS } from '@arunika/protocol'
import { describe, expect, it } from 'vitest'
import { answered, failed, harness, ids } from '../test/delivery-harness'
import { microtasks } from '../test/fake-clock'

describe('a try that failed', () => {
  it('is told of, and repeated after a wait that doubles with each failure in a row', async () => {
    const { take, last, requests, clock, errors } = harness({ flushAt: 1 })
    take('a')
    await microtasks()
    for (const waitMs of [500, 1_000, 2_000, 4_000]) {
      const before = requests.length
      await last().reply(failed())
      await clock.advance(waitMs - 1)
      expect(requests).toHaveLength(before)
      await clock.advance(1)
      expect(requests).toHaveLength(before + 1)
    }
    expect(errors).toHaveLength(4)
  })

  it('makes nothing leave before its wait is over, however much is taken', async () => {
    const { take, last, requests, clock } = harness({ flushAt: 1 })
    take('a')
    await microtasks()
    await last().reply(failed())
    take(...ids(50))
    await clock.advance(499)
    expect(requests).toHaveLength(1)
    await clock.advance(1)
    expect(last().ids).toHaveLength(51)
  })

  it('counts anew after an answer', async () => {
    const { take, last, requests, clock } = harness({ flushAt: 1 })
    take('a')
    await microtasks()
    await last().reply(failed())
    await clock.advance(500)
    await last().reply(answered())
    take('b')
    await microtasks()
    await last().reply(failed())
    await clock.advance(500)
    expect(requests).toHaveLength(4)
  })

  it('with Retry-After waits at least so long', async () => {
    const { take, last, requests, clock } = harness({ flushAt: 1 })
    take('a')
    await microtasks()
    await last().reply(failed(30_000))
    await clock.advance(30_499)
    expect(requests).toHaveLength(1)
    await clock.advance(1)
    expect(requests).toHaveLength(2)
  })

  it.each([
    ['back', -3_600_000],
    ['forward', 3_600_000],
  ])('waits as long where the clock is set %s meanwhile', async (_, shiftMs) => {
    const { take, last, requests, clock } = harness({ flushAt: 1 })
    take('a')
    await microtasks()
    await last().reply(failed(10_000))
    clock.setBy(shiftMs)
    take('b')
    await clock.advance(10_499)
    expect(requests).toHaveLength(1)
    await clock.advance(1)
    expect(requests).toHaveLength(2)
  })

  it('without jitter still leaves the tick, so that no loop is hot', async () => {
    const { take, requests, clock } = harness({
      flushAt: 1,
      random: () => 0,
      send: () => (requests.push({} as never), Promise.resolve(failed())),
    })
    take('a')
    await microtasks()
    expect(requests).toHaveLength(1)
    expect(clock.timers).toBe(1)
  })

  it('never waits longer than the protocol allows without a Retry-After', async () => {
    const { take, last, requests, clock } = harness({ flushAt: 1, random: () => 0.999_999 })
    take('a')
    await microtasks()
    for (let failures = 1; failures <= 20; failures++) {
      await last().reply(failed())
      await clock.advance(RETRY_WAITS.maxMs)
      expect(requests).toHaveLength(failures + 1)
    }
  })

  it('may be a send that throws or rejects', async () => {
    const { take, last, errors, clock, requests, outbox } = harness({ flushAt: 1 })
    take('a')
    await microtasks()
    await last().break(new Error('signing failed'))
    expect(errors).toMatchObject([{ code: 'network_failed', cause: { message: 'signing failed' } }])
    await clock.advance(500)
    expect(requests).toHaveLength(2)
    expect(outbox.size).toBe(1)

    const throwing = harness({
      flushAt: 1,
      send: () => {
        throw new Error('at once')
      },
    })
    throwing.take('a')
    await microtasks()
    expect(throwing.errors).toMatchObject([{ code: 'network_failed', cause: { message: 'at once' } }])
  })
})
