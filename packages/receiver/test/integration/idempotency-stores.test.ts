import {
  createReceiver,
  type DeliveryClaim,
  type IdempotencyStore,
  type SqlIdempotency,
} from '@arunika/receiver'
import { arunika } from '@arunika/receiver/providers'
import { sign } from '@arunika/receiver/testing'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type StoreHost, storeHosts } from './idempotency-hosts'

const provider = arunika({ secret: 'whsec_AAAA' })
const times = { leaseSeconds: 10, ttlSeconds: 100 }

describe.each(storeHosts)('on $name', ({ name, start }) => {
  let host: StoreHost
  let store: IdempotencyStore
  let other: IdempotencyStore
  beforeAll(async () => {
    host = await start()
    store = host.store(times)
    other = host.store(times)
  })
  afterAll(() => host.stop())

  let keys = 0
  const newKey = () => `key ${++keys}`
  const state = async (key: string, hash = 'hash') => (await other.claim(key, hash)).state
  async function take(key: string, hash = 'hash'): Promise<DeliveryClaim> {
    const outcome = await store.claim(key, hash)
    if (outcome.state !== 'claimed') throw new Error(`${key} is ${outcome.state}`)
    return outcome.claim
  }

  it('a key goes to exactly one of many that ask at once', async () => {
    const key = newKey()
    const asking = Array.from({ length: 20 }, (_, i) => (i % 2 ? store : other).claim(key, 'hash'))
    const states = (await Promise.all(asking)).map((outcome) => outcome.state)
    expect(states.sort()).toEqual(['claimed', ...Array.from({ length: 19 }, () => 'running')])
  })

  it('a key is done once it is committed', async () => {
    const key = newKey()
    await (await take(key)).commit()
    expect(await state(key)).toBe('done')
    expect(await state(newKey())).toBe('claimed')
  })

  it('a key can be taken again once it is released, by any body', async () => {
    const key = newKey()
    await (await take(key)).release()
    expect(await state(key, 'another hash')).toBe('claimed')
    expect(await state(key)).toBe('conflict')
  })

  it('a key of another body is a conflict, while that runs and when it is done', async () => {
    const key = newKey()
    const claim = await take(key)
    expect(await state(key, 'another hash')).toBe('conflict')
    await claim.commit()
    expect(await state(key, 'another hash')).toBe('conflict')
    expect(await state(key)).toBe('done')
  })

  it('a key is forgotten when its time is over', async () => {
    const key = newKey()
    await (await take(key)).commit()
    await host.advance(99_000)
    expect(await state(key)).toBe('done')
    await host.advance(1_001)
    expect(await state(key)).toBe('claimed')
  })

  it('a lease that runs out gives the key to the next', async () => {
    const key = newKey()
    expect((await take(key)).leaseMs).toBe(10_000)
    await host.advance(9_000)
    expect(await state(key)).toBe('running')
    await host.advance(1_001)
    expect(await state(key, 'another hash')).toBe('claimed')
  })

  it('a lease that ran out leaves no right to release the key of the next', async () => {
    const key = newKey()
    const late = await take(key)
    await host.advance(10_001)
    await take(key)
    await late.release()
    expect(await state(key)).toBe('running')
  })

  it('a lease that ran out still lets it be said that the event is handled', async () => {
    const key = newKey()
    const late = await take(key)
    await host.advance(10_001)
    const next = await take(key)
    await late.commit()
    expect(await state(key)).toBe('done')
    await next.release()
    expect(await state(key)).toBe('done')
  })

  it('tries are counted, where the store counts', async () => {
    const key = newKey()
    const first = await take(key)
    await first.release()
    const second = await take(key)
    await host.advance(10_001)
    const attempts = [first, second, await take(key)].map(({ attempt }) => attempt)
    expect(attempts).toEqual(name.includes('SQL') ? [1, 2, 3] : [undefined, undefined, undefined])
  })

  if (name.includes('SQL')) {
    it('what was not done is forgotten a while after its lease, no sooner', async () => {
      const sql = store as SqlIdempotency
      const key = newKey()
      await take(key)
      await host.advance(10_001)
      await sql.forgetExpired()
      expect((await take(key)).attempt).toBe(2)
      await host.advance(110_001)
      await sql.forgetExpired()
      expect((await take(key)).attempt).toBe(1)
    })
  }

  function receivers(handler: () => unknown) {
    const options = { provider, onError: () => undefined }
    return [store, other].map((idempotency) => createReceiver({ ...options, idempotency }).onAny(handler))
  }

  it('50 deliveries at once, over two connections, are handled once', async () => {
    const handler = vi.fn()
    const both = receivers(handler)
    const delivery = await sign(provider, { body: { type: 'order.shipped' } })
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) => both[i % 2]!.handle(delivery).then(({ status }) => status)),
    )
    expect(handler).toHaveBeenCalledTimes(1)
    expect(answers).toContain(200)
    expect(answers.filter((status) => status !== 200 && status !== 409)).toEqual([])
    expect((await both[0]!.handle(delivery)).status).toBe(200)
    expect(handler).toHaveBeenCalledTimes(1)
  })

  it('an event whose handler crashed is handled by the next delivery after the lease', async () => {
    let start: () => void = () => undefined
    const started = new Promise<void>((resolve) => (start = resolve))
    const handler = vi.fn(() => {
      if (handler.mock.calls.length > 1) return undefined
      start()
      return new Promise(() => undefined) // as a process that is gone: it never answers
    })
    const [crashed, next] = receivers(handler)
    const delivery = await sign(provider, { body: { type: 'order.shipped' } })
    void crashed!.handle(delivery)
    await started
    expect((await next!.handle(delivery)).status).toBe(409)
    await host.advance(10_001)
    expect((await next!.handle(delivery)).status).toBe(200)
    expect(handler).toHaveBeenCalledTimes(2)
  })

  it('ids of any text are kept apart', async () => {
    const handler = vi.fn()
    const [receiver] = receivers(handler)
    const ids = ['a', 'A', 'x'.repeat(8_000), `${'x'.repeat(7_999)}y`, "a' OR 1=1 --", '$1 ?1 :a']
    for (const id of ids) {
      const delivery = await sign(provider, { id, body: { type: 'order.shipped' } })
      expect((await receiver!.handle(delivery)).status).toBe(200)
      expect((await receiver!.handle(delivery)).status).toBe(200)
    }
    expect(handler).toHaveBeenCalledTimes(ids.length)
  })
})
