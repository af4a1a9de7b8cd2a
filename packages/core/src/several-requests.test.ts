import { describe, expect, it } from 'vitest'
import { answered, failed, harness, ids, tooLarge } from '../test/delivery-harness'
import { microtasks } from '../test/fake-clock'

/** A delivery of which the server has answered one request. */
async function wellHarness(maxRequests = 3) {
  const lab = harness({ maxRequests, flushAt: 2, limits: { maxEvents: 2, maxBytes: 9_999 } })
  lab.take('first', 'second')
  await microtasks()
  await lab.last().reply(answered())
  lab.requests.length = 0
  return lab
}

describe('several requests', () => {
  it('are under way at once where full batches wait, each with items of its own', async () => {
    const { take, requests, delivery, delivered } = await wellHarness()
    take(...ids(9))
    await microtasks()
    expect(requests.map((request) => request.ids)).toEqual([
      ['e1', 'e2'],
      ['e3', 'e4'],
      ['e5', 'e6'],
    ])
    expect(delivery.inFlight).toBe(6)
    await requests[1]!.reply(answered())
    expect(requests.map((request) => request.ids)[3]).toEqual(['e7', 'e8'])
    await requests[0]!.reply(answered())
    await requests[3]!.reply(answered())
    // Less than a full batch waits for those that are under way.
    expect(requests).toHaveLength(4)
    delivery.wake()
    await microtasks()
    expect(requests).toHaveLength(4)
    const flushed = delivery.flush()
    await requests[2]!.reply(answered())
    await requests[4]!.reply(answered())
    await flushed
    expect([...delivered].sort()).toEqual([...ids(9), 'first', 'second'].sort())
    expect(delivery.inFlight).toBe(0)
  })

  it('begin only when the server has answered one', async () => {
    const { take, requests } = harness({
      maxRequests: 3,
      limits: { maxEvents: 2, maxBytes: 9_999 },
      flushAt: 2,
    })
    take(...ids(6))
    await microtasks()
    expect(requests).toHaveLength(1)
    await requests[0]!.reply(answered())
    expect(requests).toHaveLength(3)
  })

  it('are one again after a failure, and the items of the others keep their turn', async () => {
    const { take, requests, clock, delivered } = await wellHarness(2)
    take(...ids(6))
    await microtasks()
    await requests[0]!.reply(failed(1_000))
    await requests[1]!.reply(failed(1_000))
    await clock.advance(60_000)
    await microtasks()
    expect(requests.slice(2).map((request) => request.ids)).toEqual([['e1', 'e2']])
    await requests[2]!.reply(answered())
    expect(requests.slice(3).map((request) => request.ids)).toEqual([
      ['e3', 'e4'],
      ['e5', 'e6'],
    ])
    await requests[3]!.reply(answered())
    await requests[4]!.reply(answered())
    expect([...delivered].sort()).toEqual([...ids(6), 'first', 'second'].sort())
  })

  it('that fail together are one failure in a row', async () => {
    const { take, requests, clock } = await wellHarness(3)
    take(...ids(6))
    await microtasks()
    for (const request of requests.slice(0, 3)) await request.reply(failed())
    await clock.advance(499)
    expect(requests).toHaveLength(3)
    await clock.advance(1)
    expect(requests).toHaveLength(4)
  })

  it('lose nothing where one is too large', async () => {
    const { take, requests, delivered } = await wellHarness(2)
    take(...ids(4))
    await microtasks()
    await requests[0]!.reply(tooLarge)
    await requests[1]!.reply(answered())
    for (let at = 2; at < requests.length; at++) await requests[at]!.reply(answered())
    expect([...delivered].sort()).toEqual([...ids(4), 'first', 'second'].sort())
  })

  it('are all waited for by a flush, and a close lets them end', async () => {
    const { take, requests, delivery, delivered } = await wellHarness(2)
    take(...ids(4))
    await microtasks()
    const flushed = delivery.flush()
    await microtasks()
    delivery.close()
    await requests[1]!.reply(answered())
    await requests[0]!.reply(answered())
    await flushed
    expect(delivered).toHaveLength(6)
  })
})
